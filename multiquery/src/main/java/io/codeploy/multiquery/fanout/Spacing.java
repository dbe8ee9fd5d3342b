package io.codeploy.multiquery.fanout;

import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The time between two launches.
 *
 * @param delay at least
 * @param jitter at most so much more, by chance
 */
public record Spacing(Duration delay, Duration jitter) {
  /** As fast as possible. */
  public static final Spacing NONE = new Spacing(Duration.ZERO, Duration.ZERO);

  public Spacing {
    Objects.requireNonNull(delay, "delay is null");
    Objects.requireNonNull(jitter, "jitter is null");
  }

  /** A delay without jitter. */
  public static Spacing of(Duration delay) {
    return new Spacing(delay, Duration.ZERO);
  }

  boolean isNone() {
    return delay.isZero() && jitter.isZero();
  }

  /** The next one; the same chance gives the same. */
  long nextNanos(SplittableRandom chance) {
    return delay.toNanos() + (jitter.isZero() ? 0 : chance.nextLong(jitter.toNanos() + 1));
  }
}
