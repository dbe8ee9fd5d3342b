package io.codeploy.multicopy.rate;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.List;

/** Holds up one node's copy so that it stays within its rates. One thread. */
public final class Brake {
  /** One that does nothing. */
  public static final Brake NONE = new Brake(List.of(), TimeSource.system());

  private final List<TokenBucket> buckets;
  private final TimeSource time;

  Brake(List<TokenBucket> buckets, TimeSource time) {
    this.buckets = List.copyOf(buckets);
    this.time = time;
  }

  /**
   * Blocks until {@code bytes} more may be copied. Returns at once when the thread is interrupted,
   * whose flag stays set.
   */
  public void hold(long bytes) {
    for (TokenBucket bucket : buckets) {
      long until = bucket.take(bytes, time.nanoTime());
      try {
        for (long left = left(until); left > 0; left = left(until)) {
          time.sleep(Duration.ofNanos(left));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private long left(long until) {
    return until - time.nanoTime();
  }
}
