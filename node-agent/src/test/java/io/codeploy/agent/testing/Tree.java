package io.codeploy.agent.testing;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Slice;
import io.codeploy.chunkcache.manifest.Symlink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tree in memory, its manifest and the plain bytes of its raw chunks. */
public final class Tree {
  /** Not a whole second, as the nanoseconds count. */
  public static final Instant TIME = Instant.parse("2021-03-04T05:06:07.123456789Z");

  private static final int CHUNK_BYTES = 1000;

  private final Map<RelativePath, Entry> entries = new TreeMap<>();
  private final List<byte[]> chunks = new ArrayList<>();
  private final Map<Digest, Integer> indexes = new LinkedHashMap<>();
  private final Map<RelativePath, byte[]> contents = new TreeMap<>();

  /** Adds a directory, mode 0755. */
  public Tree directory(String path) {
    return directory(path, 0755);
  }

  /** Adds a directory. */
  public Tree directory(String path, int mode) {
    return add(new Directory(new RelativePath(path), mode, TIME));
  }

  /** Adds a link. */
  public Tree link(String path, String target) {
    return add(new Symlink(new RelativePath(path), target));
  }

  /** Adds a file, mode 0644. */
  public Tree file(String path, String content) {
    return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file, in chunks of 1,000 bytes. */
  public Tree file(String path, int mode, byte[] content) {
    contents.put(new RelativePath(path), content);
    List<Slice> slices = new ArrayList<>();
    for (int at = 0; at < content.length; at += CHUNK_BYTES) {
      byte[] chunk = Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK_BYTES));
      slices.add(new Slice(index(chunk), 0, chunk.length));
    }
    return add(
        new RegularFile(
            new RelativePath(path), mode, TIME, content.length, Digest.of(content), slices));
  }

  /** Adds an entry as it is. */
  public Tree add(Entry entry) {
    entries.put(entry.path(), entry);
    return this;
  }

  /** The manifest of what was added. */
  public Manifest manifest() {
    List<ChunkRef> refs = new ArrayList<>();
    indexes.forEach((digest, index) -> refs.add(ChunkRef.raw(digest, chunks.get(index).length)));
    return new Manifest(refs, List.copyOf(entries.values()), List.of());
  }

  /** What was added, in the order of a manifest. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** The plain bytes of a chunk of the manifest. */
  public byte[] chunk(int index) {
    return chunks.get(index);
  }

  /** What the regular files hold. */
  public Map<RelativePath, byte[]> contents() {
    return contents;
  }

  private int index(byte[] chunk) {
    return indexes.computeIfAbsent(
        Digest.of(chunk),
        digest -> {
          chunks.add(chunk);
          return chunks.size() - 1;
        });
  }
}
