package io.codeploy.multiquery.fanout;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Monotonic time and sleep, so that what waits can be driven in virtual time. */
public interface TimeSource {
  /** Nanoseconds since an arbitrary origin; never goes back. */
  long nanoTime();

  /** Blocks the calling thread for {@code duration}. */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Blocks until {@code signal} has a permit, which it takes, but at most {@code duration}; says
   * whether it took one.
   */
  default boolean await(Semaphore signal, Duration duration) throws InterruptedException {
    return signal.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

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
