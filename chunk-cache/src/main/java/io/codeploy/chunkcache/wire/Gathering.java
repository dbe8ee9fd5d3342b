package io.codeploy.chunkcache.wire;

import java.time.Duration;

/**
 * How long to let bytes of an answer gather in the socket before the next read. What comes over a
 * link of 100 Mbit/s comes in thousands of segments, and a read that waits wakes its thread for
 * each of them: that costs several times what the bytes do. Remembers how fast the last answer
 * came. Used by one thread at a time.
 */
final class Gathering {
  /** The window that Linux opens to a sender at first, and soon widens for who reads so much. */
  static final int TARGET_BYTES = 64 << 10;

  private static final long LEAST_NANOS = Duration.ofMillis(1).toNanos();
  private static final long FIRST_NANOS = Duration.ofMillis(2).toNanos();
  private static final long MOST_NANOS = Duration.ofMillis(80).toNanos();

  private double bytesPerNano;
  private long begunNanos;
  private long have;

  /** An answer begins to come. */
  void begin(long now) {
    begunNanos = now;
    have = 0;
  }

  /**
   * What to wait after {@code count} further bytes have come and {@code left} are missing: 0 where
   * it is not worth it.
   */
  long pauseNanos(int count, int left, long now) {
    have += count;
    long nanos = now - begunNanos;
    if (nanos >= LEAST_NANOS) {
      bytesPerNano = (double) have / nanos;
    }
    if (bytesPerNano == 0) {
      return FIRST_NANOS;
    }
    double pause = Math.min(left, TARGET_BYTES) / bytesPerNano;
    return pause < LEAST_NANOS ? 0 : (long) Math.min(pause, (double) MOST_NANOS);
  }
}
