package io.codeploy.agent.daemon;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.FileLayout;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where the files of a manifest lie. Members do not ask for files but for chunks, so that the table
 * of them is made for the first who does. Safe for use by many threads.
 */
final class TreeLayout implements FileLayout {
  private final Manifest manifest;
  private final AtomicReference<Optional<Map<Digest, RegularFile>>> table =
      new AtomicReference<>(Optional.empty());

  TreeLayout(Manifest manifest) {
    this.manifest = manifest;
  }

  @Override
  public Optional<List<Piece>> find(Digest file) {
    Map<Digest, RegularFile> files =
        table.updateAndGet(made -> made.isPresent() ? made : Optional.of(byDigest())).orElseThrow();
    return Optional.ofNullable(files.get(file)).map(this::pieces);
  }

  private Map<Digest, RegularFile> byDigest() {
    Map<Digest, RegularFile> files = HashMap.newHashMap(manifest.entries().size());
    manifest.files().forEach(file -> files.putIfAbsent(file.digest(), file));
    return files;
  }

  private List<Piece> pieces(RegularFile file) {
    List<ChunkRef> chunks = manifest.chunks();
    return file.slices().stream()
        .map(slice -> new Piece(chunks.get(slice.chunk()), slice.offset(), slice.length()))
        .toList();
  }
}
