package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.VerifiedChunk;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The ranges of a version in order, of which a few are fetched before they are wanted. Used by one
 * thread.
 */
final class ReadAhead implements AutoCloseable {
  static final int WINDOW = 4;

  private final Ranges ranges;
  private final Version version;
  private final long last;
  private final Deque<FutureTask<VerifiedChunk>> underWay = new ArrayDeque<>();
  private long next;

  /** Begins with range {@code first}; {@code last} is the last one. */
  ReadAhead(Ranges ranges, Version version, long first, long last) {
    this.ranges = ranges;
    this.version = version;
    this.next = first;
    this.last = last;
    fill();
  }

  /** Waits until {@link #next} can give the first range at once. */
  void awaitFirst() throws IOException, InterruptedException {
    get(underWay.getFirst());
  }

  /** The next range, which there has to be. */
  VerifiedChunk next() throws IOException, InterruptedException {
    fill();
    return get(underWay.removeFirst());
  }

  /** Ends what is still fetched. */
  @Override
  public void close() {
    underWay.forEach(task -> task.cancel(true));
  }

  private void fill() {
    while (underWay.size() < WINDOW && next <= last) {
      long index = next++;
      FutureTask<VerifiedChunk> task = new FutureTask<>(() -> ranges.range(version, index));
      underWay.addLast(task);
      Thread.ofVirtual().name("proxy-range-" + index).start(task);
    }
  }

  private static VerifiedChunk get(FutureTask<VerifiedChunk> task)
      throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw Causes.of(e);
    }
  }
}
