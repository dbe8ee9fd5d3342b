package io.codeploy.chunkcache.swarm;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes verified chunks, in any order. Called by several threads at once; may block. */
@FunctionalInterface
public interface ChunkSink {
  /**
   * Takes the plain bytes of a chunk, once for each chunk that is wanted; the buffer is the
   * caller's again afterwards.
   *
   * @param index of the chunk within its part
   * @throws IOException if they cannot be kept; ends the fetch, the message being its cause
   */
  void accept(int index, ByteBuffer plain) throws IOException;
}
