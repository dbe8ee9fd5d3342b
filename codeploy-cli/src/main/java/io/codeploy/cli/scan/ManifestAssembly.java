package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a manifest together; each chunk is listed once, where it is first used. */
final class ManifestAssembly {
  private final TreeContents contents;
  private final List<ChunkRef> chunks = new ArrayList<>();
  private final Map<Digest, Integer> indexes = new HashMap<>();

  private ManifestAssembly(TreeContents contents) {
    this.contents = contents;
  }

  /** The manifest of directories, links and files. */
  static Manifest assemble(List<Entry> others, TreeContents contents) {
    ManifestAssembly assembly = new ManifestAssembly(contents);
    List<Entry> entries = new ArrayList<>(others);
    for (ReadFile file : contents.files()) {
      entries.add(assembly.entry(file));
    }
    entries.sort(Comparator.comparing(Entry::path));
    List<Integer> archive =
        contents.archive().map(made -> made.known().chunks()).orElse(List.of()).stream()
            .map(assembly::index)
            .toList();
    return new Manifest(assembly.chunks, entries, archive);
  }

  private RegularFile entry(ReadFile file) {
    FoundFile found = file.found();
    KnownFile known = file.known();
    FileStamp stamp = known.stamp();
    return new RegularFile(
        found.path(), found.mode(), stamp.mtime(), stamp.size(), known.digest(), slices(known));
  }

  private List<Slice> slices(KnownFile known) {
    if (contents.delivery() == Delivery.ARCHIVE) {
      return List.of();
    }
    return switch (CuttingRules.fate(known.stamp().size())) {
      case EMPTY -> List.of();
      case PACKED -> List.of(packedSlice(known));
      case WHOLE, CUT ->
          known.chunks().stream()
              .map(chunk -> new Slice(index(chunk), 0, chunk.plainLength()))
              .toList();
    };
  }

  private Slice packedSlice(KnownFile known) {
    PackedFiles.Place place = contents.place(known.digest());
    int chunk = index(contents.pack(place.pack()).chunk());
    return new Slice(chunk, place.offset(), (int) known.stamp().size());
  }

  /** The place of {@code chunk} in the manifest, in the form in which it is delivered. */
  private int index(ChunkRef chunk) {
    return indexes.computeIfAbsent(
        chunk.plain(),
        plain -> {
          boolean raw = contents.delivery() != Delivery.CHUNKS;
          chunks.add(raw ? ChunkRef.raw(plain, chunk.plainLength()) : chunk);
          return chunks.size() - 1;
        });
  }
}
