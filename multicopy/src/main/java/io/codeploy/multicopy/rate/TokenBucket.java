package io.codeploy.multicopy.rate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket, as the time up to which everything that was taken is paid for. Who takes has to
 * wait until then; several that take at once are served in the order in which they asked. Time not
 * used is kept for a tenth of a second. For any number of threads.
 */
final class TokenBucket {
  private static final long KEPT_NANOS = 100_000_000;

  private final double nanosPerByte;
  private final AtomicLong paid;

  TokenBucket(long bytesPerSecond, long now) {
    this.nanosPerByte = 1e9 / bytesPerSecond;
    this.paid = new AtomicLong(now - KEPT_NANOS);
  }

  /**
   * Takes {@code bytes}.
   *
   * @param now nanoseconds since an arbitrary origin, as all times here
   * @return when they may be gone
   */
  long take(long bytes, long now) {
    long cost = Math.round(bytes * nanosPerByte);
    long earliest = now - KEPT_NANOS;
    return paid.updateAndGet(before -> (before - earliest > 0 ? before : earliest) + cost);
  }
}
