package io.codeploy.chunkcache.origin;

import io.codeploy.chunkcache.chunk.ChunkRef;
import java.io.IOException;
import java.util.function.IntConsumer;

/**
 * Where chunks come from first: a server of chunks, or a static web server from whose file ranges
 * they are assembled. Safe for use by many threads.
 */
@FunctionalInterface
public interface Origin {
  /**
   * The transported form of {@code chunk}; not yet verified. Blocks; gives up when no byte arrives
   * for ten seconds.
   *
   * @param arrived is told of bytes as they come, by the calling thread
   * @throws OriginBusyException if the origin asks to come back later
   * @throws OriginRefusedException if it is no use to ask again
   * @throws OriginFailedException if the origin answered with an error
   * @throws IOException whose message names URL and status
   */
  byte[] fetch(ChunkRef chunk, IntConsumer arrived) throws IOException;

  /** Like {@link #fetch(ChunkRef, IntConsumer)}, for a caller that waits for the whole. */
  default byte[] fetch(ChunkRef chunk) throws IOException {
    return fetch(chunk, bytes -> {});
  }
}
