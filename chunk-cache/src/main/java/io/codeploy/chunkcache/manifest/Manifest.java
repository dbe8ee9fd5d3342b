package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import java.util.List;

/**
 * A tree and the chunks that hold its bytes.
 *
 * <p>Invariants, checked here: entries are sorted by path without duplicates, the parent of each is
 * a {@link Directory} entry of the same manifest or the root, every slice lies within its chunk,
 * and slices are absent where the content travels as an archive.
 *
 * @param chunks in the order of first use; no two with the same plain digest
 * @param entries sorted by {@link RelativePath}
 * @param archive the chunks of one tar + zstd stream of all regular files, as indexes into {@code
 *     chunks} in stream order; empty unless the content travels as an archive
 */
public record Manifest(List<ChunkRef> chunks, List<Entry> entries, List<Integer> archive) {
  public Manifest {
    chunks = List.copyOf(chunks);
    entries = List.copyOf(entries);
    archive = List.copyOf(archive);
    ManifestChecks.check(chunks, entries, archive);
  }

  /** The regular files, in order. */
  public List<RegularFile> files() {
    return entries.stream()
        .filter(RegularFile.class::isInstance)
        .map(RegularFile.class::cast)
        .toList();
  }

  /** Bytes of all regular files. */
  public long contentBytes() {
    return files().stream().mapToLong(RegularFile::size).sum();
  }
}
