package io.codeploy.chunkcache.http;

import io.codeploy.chunkcache.chunk.ChunkRef;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Gets the plain bytes of a chunk, from wherever; blocks while it does. */
@FunctionalInterface
public interface PlainChunks {
  /**
   * The {@code plainLength} plain bytes of {@code chunk}.
   *
   * @throws IOException if they cannot be had
   */
  ByteBuffer plain(ChunkRef chunk) throws IOException;
}
