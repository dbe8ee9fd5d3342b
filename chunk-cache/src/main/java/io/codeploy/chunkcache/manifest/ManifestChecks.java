package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The invariants of {@link Manifest} that span several of its parts. */
final class ManifestChecks {
  private ManifestChecks() {}

  static void check(List<ChunkRef> chunks, List<Entry> entries, List<Integer> archive) {
    checkDistinct(chunks);
    checkOrder(entries);
    checkParents(entries);
    for (Entry entry : entries) {
      if (entry instanceof RegularFile file) {
        checkSlices(chunks, file, !archive.isEmpty());
      }
    }
    for (int index : archive) {
      checkIndex(chunks, index, "archive");
    }
  }

  private static void checkDistinct(List<ChunkRef> chunks) {
    Set<Digest> plain = HashSet.newHashSet(chunks.size());
    for (ChunkRef chunk : chunks) {
      if (!plain.add(chunk.plain())) {
        throw new IllegalArgumentException("twice in the chunks: " + chunk.plain().shortForm());
      }
    }
  }

  private static void checkOrder(List<Entry> entries) {
    for (int i = 1; i < entries.size(); i++) {
      RelativePath path = entries.get(i).path();
      if (entries.get(i - 1).path().compareTo(path) >= 0) {
        throw new IllegalArgumentException("out of order or twice in the manifest: " + path);
      }
    }
  }

  private static void checkParents(List<Entry> entries) {
    Set<String> directories = new HashSet<>();
    String parent = "";
    for (Entry entry : entries) {
      String path = entry.path().value();
      int slash = path.lastIndexOf('/');
      boolean checked = slash == parent.length() && path.startsWith(parent);
      if (slash >= 0 && !checked) {
        parent = path.substring(0, slash);
        if (!directories.contains(parent)) {
          throw new IllegalArgumentException("no directory in the manifest holds " + path);
        }
      }
      if (entry instanceof Directory) {
        directories.add(path);
      }
    }
  }

  private static void checkSlices(List<ChunkRef> chunks, RegularFile file, boolean archived) {
    if (file.slices().isEmpty() != (archived || file.size() == 0)) {
      throw new IllegalArgumentException("wrong number of slices: " + file.path());
    }
    for (Slice slice : file.slices()) {
      checkIndex(chunks, slice.chunk(), file.path().value());
      if ((long) slice.offset() + slice.length() > chunks.get(slice.chunk()).plainLength()) {
        throw new IllegalArgumentException("slice beyond its chunk: " + file.path());
      }
    }
  }

  private static void checkIndex(List<ChunkRef> chunks, int index, String what) {
    if (index < 0 || index >= chunks.size()) {
      throw new IllegalArgumentException("no chunk " + index + " for " + what);
    }
  }
}
