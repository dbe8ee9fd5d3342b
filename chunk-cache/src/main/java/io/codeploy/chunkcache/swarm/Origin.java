package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import java.io.IOException;

/**
 * Where chunks come from first: a server of chunks, or a static web server from whose file ranges
 * they are assembled. Safe for use by many threads.
 */
public interface Origin {
  /**
   * The transported form of {@code chunk}; not yet verified. Blocks; gives up when no byte arrives
   * for ten seconds.
   *
   * @throws IOException whose message names URL and status
   */
  byte[] fetch(ChunkRef chunk) throws IOException;
}
