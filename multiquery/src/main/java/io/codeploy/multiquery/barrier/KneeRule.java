package io.codeploy.multiquery.barrier;

import java.time.Duration;
import java.util.Objects;

/**
 * The parameters of a {@link Knee}.
 *
 * @param history weight of what was known against a new sample, for the mean and for its deviation
 * @param deviations how many deviations above the mean the threshold lies
 * @param leastSamples fewer tell nothing
 * @param leastGap from the slowest arrival to the threshold, at least
 */
public record KneeRule(double history, double deviations, int leastSamples, Duration leastGap) {
  public KneeRule {
    Objects.requireNonNull(leastGap, "leastGap is null");
    if (!(history > 0 && history < 1) || deviations < 0 || leastSamples < 1) {
      throw new IllegalArgumentException(
          "history %s, deviations %s, samples %s".formatted(history, deviations, leastSamples));
    }
  }

  /**
   * Plush's: TCP's estimator of a round trip with a shorter memory, since arrival times grow all
   * the while.
   */
  public static KneeRule usual() {
    return new KneeRule(0.70, 4, 5, Duration.ofMillis(500));
  }

  /** The same for what should not lose anybody over a few seconds. */
  KneeRule patient() {
    return new KneeRule(history, deviations, leastSamples, Duration.ofSeconds(10));
  }

  /** The same where something else tells that what there is will do. */
  KneeRule guarded() {
    return new KneeRule(history, deviations, 1, leastGap);
  }
}
