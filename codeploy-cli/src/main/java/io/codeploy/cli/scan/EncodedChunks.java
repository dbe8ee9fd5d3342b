package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.chunk.Encoding;
import io.codeploy.chunkcache.store.ChunkStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Compressed chunks kept from scan to scan. They can be made again from the tree, so whatever goes
 * wrong with the store, a full disk or another process in the same directory, costs time only.
 */
final class EncodedChunks {
  private static final long QUOTA_BYTES = 4L << 30;

  private final Optional<ChunkStore> store;

  private EncodedChunks(Optional<ChunkStore> store) {
    this.store = store;
  }

  static EncodedChunks in(Path cacheDir) {
    try {
      return new EncodedChunks(
          Optional.of(ChunkStore.open(cacheDir.resolve("chunks"), QUOTA_BYTES)));
    } catch (IOException e) {
      return new EncodedChunks(Optional.empty());
    }
  }

  /** Compresses {@code plain} where it pays, and keeps the result in that case. */
  EncodedChunk encode(ByteBuffer plain) {
    EncodedChunk encoded = ChunkCodec.encode(plain);
    if (encoded.ref().encoding() == Encoding.ZSTD && store.isPresent()) {
      keep(store.get(), encoded);
    }
    return encoded;
  }

  /** The transported form of {@code chunk}, verified, if it was kept. */
  Optional<ByteBuffer> find(ChunkRef chunk) {
    return store.flatMap(kept -> find(kept, chunk.transported()));
  }

  private static void keep(ChunkStore store, EncodedChunk encoded) {
    try {
      store.put(encoded.ref().transported(), encoded.transported());
    } catch (IOException e) {
      // Compressed again when somebody asks for it.
    }
  }

  private static Optional<ByteBuffer> find(ChunkStore store, Digest transported) {
    try {
      Optional<ByteBuffer> found = store.find(transported);
      if (found.isPresent()) {
        verify(store, transported, found.get());
      }
      return found;
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void verify(ChunkStore store, Digest transported, ByteBuffer bytes)
      throws IOException {
    try {
      ChunkCodec.verify(transported, bytes);
    } catch (CorruptChunkException e) {
      store.remove(transported);
      throw e;
    }
  }
}
