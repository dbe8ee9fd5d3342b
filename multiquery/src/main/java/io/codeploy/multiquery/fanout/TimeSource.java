package io.codeploy.multiquery.fanout;

import java.time.Duration;

/** Monotonic time and sleep, so that what waits can be driven in virtual time. */
public interface TimeSource {
  /** Nanoseconds since an arbitrary origin; never goes back. */
  long nanoTime();

  /** Blocks the calling thread for {@code duration}. */
  void sleep(Duration duration) throws InterruptedException;

  /** The machine's clock. */
  static TimeSource system() {
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }

  /** Time passed since {@code startNanos}, an earlier {@link #nanoTime()}. */
  default Duration since(long startNanos) {
    return Duration.ofNanos(nanoTime() - startNanos);
  }
}
