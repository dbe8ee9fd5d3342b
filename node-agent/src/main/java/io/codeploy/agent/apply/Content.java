package io.codeploy.agent.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/** Gives the chunks of a deployment. */
@FunctionalInterface
public interface Content {
  /** Takes chunks as they arrive. Called by many threads at once. */
  @FunctionalInterface
  interface PlainSink {
    /**
     * Takes the verified plain bytes of a chunk; a second time the same chunk is ignored.
     *
     * @throws IOException if nothing can be written any more, so that fetching on is useless
     */
    void put(int chunk, ByteBuffer plain) throws IOException;
  }

  /**
   * Gives each chunk of {@code wanted} to {@code sink} and returns when all were taken or when it
   * gives up. Blocks.
   *
   * @param wanted indexes into the manifest's chunks
   * @return why chunks are missing, in one line; empty when none is
   * @throws IOException what the sink threw
   */
  Optional<String> fetch(BitSet wanted, PlainSink sink) throws IOException, InterruptedException;
}
