package io.codeploy.chunkcache.chunk;

import java.io.IOException;

/** Takes the chunks of a stream, in order. */
@FunctionalInterface
public interface ChunkHandler {
  /**
   * Takes {@code length} bytes of {@code buffer} from {@code offset}, which are overwritten after
   * the call returns.
   */
  void accept(byte[] buffer, int offset, int length) throws IOException;
}
