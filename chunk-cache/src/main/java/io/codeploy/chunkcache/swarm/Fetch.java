package io.codeploy.chunkcache.swarm;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** One caller's wish for chunks of a part. Guarded by the lock of its {@link Part}. */
final class Fetch {
  private final ChunkSink sink;
  private final BitSet missing;
  private final BitSet claimed = new BitSet();
  private int delivering;
  private boolean closed;
  private boolean refused;
  private Optional<String> failure = Optional.empty();

  Fetch(BitSet wanted, ChunkSink sink) {
    this.missing = (BitSet) wanted.clone();
    this.sink = sink;
  }

  ChunkSink sink() {
    return sink;
  }

  boolean wants(int chunk) {
    return !closed && missing.get(chunk) && !claimed.get(chunk);
  }

  /**
   * True for exactly one caller until the delivery is over: that one gives the chunk to the sink.
   */
  boolean claim(int chunk) {
    if (!wants(chunk)) {
      return false;
    }
    claimed.set(chunk);
    delivering++;
    return true;
  }

  void delivered(int chunk) {
    missing.clear(chunk);
    claimed.clear(chunk);
    delivering--;
  }

  void notDelivered(int chunk) {
    claimed.clear(chunk);
    delivering--;
  }

  /** The sink did not take the chunk. */
  void failed(int chunk, String line) {
    notDelivered(chunk);
    failed(line);
  }

  void failed(String line) {
    if (failure.isEmpty()) {
      failure = Optional.of(line);
    }
  }

  Optional<String> failure() {
    return failure;
  }

  /** Nothing is given to the sink any more but what is on its way there. */
  void close() {
    closed = true;
  }

  boolean delivering() {
    return delivering > 0;
  }

  /** Whether all that is missing is {@code vain}; it stays so. */
  boolean inVain(IntPredicate vain) {
    refused |= !missing.isEmpty() && missing.stream().allMatch(vain);
    return refused;
  }

  /** Whether all that was missing was vain. */
  boolean refused() {
    return refused;
  }

  boolean complete() {
    return missing.isEmpty();
  }

  List<Integer> missing() {
    return missing.stream().boxed().toList();
  }
}
