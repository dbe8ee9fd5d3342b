package io.codeploy.multicopy.progress;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;

/**
 * Acts once when {@code progress} stands still for {@code limit}, from a virtual thread of its own
 * that ends when this is closed.
 */
public final class StallWatch implements AutoCloseable {
  private final Progress progress;
  private final Duration limit;
  private final TimeSource time;
  private final Runnable onStall;
  private final Thread thread;
  // Written by the watching thread before onStall, read by the copying one after it failed.
  private volatile boolean stalled;

  public StallWatch(
      String name, Progress progress, Duration limit, TimeSource time, Runnable onStall) {
    this.progress = progress;
    this.limit = limit;
    this.time = time;
    this.onStall = onStall;
    this.thread = Thread.ofVirtual().name("multicopy-watch-" + name).unstarted(this::watch);
    if (!limit.isZero()) {
      thread.start();
    }
  }

  /** Whether the limit was reached. */
  public boolean stalled() {
    return stalled;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      long seen = progress.steps();
      long since = time.nanoTime();
      while (time.since(since).compareTo(limit) < 0) {
        time.sleep(limit.minus(time.since(since)));
        if (progress.steps() != seen) {
          seen = progress.steps();
          since = time.nanoTime();
        }
      }
      stalled = true;
      onStall.run();
    } catch (InterruptedException e) {
      // Closed: the copy ended first.
    }
  }
}
