package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.chunk.Encoding;
import io.codeploy.chunkcache.manifest.ChunkUses;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.store.ChunkSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * All chunks of a scanned tree: the manifest's and a delta's from memory, compressed ones from the
 * operator's cache, others from the files themselves. Every chunk that comes from disk is verified
 * before it is given, so that a file which changed after the scan makes an error and never wrong
 * bytes.
 */
public final class TreeChunks implements ChunkSource {
  private final List<ChunkRef> chunks;
  private final Map<Digest, EncodedChunk> made = new HashMap<>();
  private final ChunkUses uses;
  private final ChunkBytes bytes;
  private final EncodedChunks encodedChunks;
  private final Set<RelativePath> changed = new ConcurrentSkipListSet<>();

  /**
   * @param made the chunks that no file has, such as those of the encoded manifest
   */
  TreeChunks(
      Manifest manifest, List<EncodedChunk> made, ChunkBytes bytes, EncodedChunks encodedChunks) {
    this.chunks = manifest.chunks();
    this.uses = ChunkUses.of(manifest);
    this.bytes = bytes;
    this.encodedChunks = encodedChunks;
    made.forEach(chunk -> this.made.put(chunk.ref().transported(), chunk));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if a file that holds a part of the chunk changed since the scan; names it
   */
  @Override
  public Optional<ByteBuffer> find(Digest transported) throws IOException {
    Optional<EncodedChunk> own = Optional.ofNullable(made.get(transported));
    if (own.isPresent()) {
      return Optional.of(own.get().transported().asReadOnlyBuffer());
    }
    Optional<Integer> index = uses.indexOf(transported);
    return index.isEmpty() ? Optional.empty() : Optional.of(content(index.get()));
  }

  @Override
  public boolean contains(Digest transported) {
    return made.containsKey(transported) || uses.indexOf(transported).isPresent();
  }

  /** The files that were found to have changed since the scan, so far. */
  public Set<RelativePath> changed() {
    return Set.copyOf(changed);
  }

  private ByteBuffer content(int index) throws IOException {
    ChunkRef chunk = chunks.get(index);
    if (chunk.encoding() == Encoding.RAW) {
      return plain(index, chunk).asReadOnlyBuffer();
    }
    Optional<ByteBuffer> kept = encodedChunks.find(chunk);
    return kept.isPresent() ? kept.get() : encode(index, chunk);
  }

  private ByteBuffer encode(int index, ChunkRef chunk) throws IOException {
    EncodedChunk encoded = encodedChunks.encode(plain(index, chunk));
    if (!encoded.ref().equals(chunk)) {
      throw new IOException(
          "chunk " + chunk.plain().shortForm() + " compresses otherwise now; run codeploy again");
    }
    return encoded.transported().asReadOnlyBuffer();
  }

  private ByteBuffer plain(int index, ChunkRef chunk) throws IOException {
    try {
      return bytes.read(index, chunk, uses.of(index));
    } catch (ServedFileChangedException e) {
      changed.addAll(e.paths());
      throw e;
    }
  }
}
