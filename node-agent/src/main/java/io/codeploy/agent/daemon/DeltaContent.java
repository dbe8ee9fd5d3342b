package io.codeploy.agent.daemon;

import io.codeploy.agent.apply.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/**
 * The chunks of a manifest and, after them, that of a delta.
 *
 * @param count of the manifest's chunks
 * @param chunks gives those
 * @param delta the plain bytes of its only one
 */
record DeltaContent(int count, Content chunks, ByteBuffer delta) implements Content {
  @Override
  public Optional<String> fetch(BitSet wanted, PlainSink sink)
      throws IOException, InterruptedException {
    if (wanted.get(count)) {
      sink.put(count, delta.duplicate());
    }
    BitSet others = wanted.get(0, count);
    return others.isEmpty() ? Optional.empty() : chunks.fetch(others, sink);
  }
}
