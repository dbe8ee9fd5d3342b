package io.codeploy.agent.daemon;

import io.codeploy.agent.apply.Content;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/**
 * The chunks of a manifest and, after them, that of a delta.
 *
 * @param count of the manifest's chunks
 * @param chunks gives those
 * @param delta gives its only one
 */
record DeltaContent(int count, Content chunks, Content delta) implements Content {
  @Override
  public Optional<String> fetch(BitSet wanted, PlainSink sink)
      throws IOException, InterruptedException {
    Optional<String> cause =
        wanted.get(count)
            ? delta.fetch(BitSet.valueOf(new long[] {1}), (chunk, plain) -> sink.put(count, plain))
            : Optional.empty();
    BitSet others = wanted.get(0, count);
    return cause.isPresent() || others.isEmpty() ? cause : chunks.fetch(others, sink);
  }
}
