package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import java.io.IOException;

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
   * @throws OriginBusyException if the origin asks to come back later
   * @throws IOException whose message names URL and status
   */
  byte[] fetch(ChunkRef chunk) throws IOException;

  /** Bytes of chunks received so far, also of those not complete yet; tells slow from dead. */
  default long bytesReceived() {
    return 0;
  }
}
