package io.codeploy.chunkcache.swarm;

import java.time.Duration;

/**
 * When fetches of a part that do not get on are given up. Only a verified chunk is progress: no
 * refusal, no error, no request to wait, no byte that came before. Signs that one is on its way,
 * here or at other members, put the end off, but not beyond ten times the limit.
 */
final class Patience {
  private static final int TIMES = 10;

  private final long limitNanos;
  private long gotNanos;
  private long signNanos;
  private long arrived;

  Patience(Duration limit) {
    this.limitNanos = limit.toNanos();
  }

  /** A fetch begins, or a chunk has come and is verified, or a sink has taken one. */
  void restart(long now) {
    gotNanos = now;
    signNanos = now;
  }

  /** {@code bytes} is the figure of {@link Arrivals}. */
  void arrived(long bytes, long now) {
    if (bytes != arrived) {
      arrived = bytes;
      signNanos = now;
    }
  }

  /** Another member tells that it has got on. */
  void othersGotOn(long now) {
    signNanos = now;
  }

  /** When there was the last sign. */
  long signNanos() {
    return signNanos;
  }

  boolean over(long now) {
    return now - signNanos >= limitNanos || now - gotNanos >= TIMES * limitNanos;
  }
}
