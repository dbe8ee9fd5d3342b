package io.codeploy.multiquery.barrier;

import java.util.OptionalLong;

/**
 * Finds the knee of a distribution while its samples come in: beyond it are the stragglers. Keeps
 * moving averages of the samples and of their deviation; who takes longer than the one plus a
 * multiple of the other is past the knee. After each sample the threshold is another.
 *
 * <p>The first deviation is taken to be half of the first sample, as TCP does; it would be zero
 * otherwise, and the second arrival already past the knee.
 */
public final class Knee {
  private final KneeRule rule;
  private int samples;
  private double mean;
  private double deviation;
  private long slowestNanos;

  public Knee(KneeRule rule) {
    this.rule = rule;
  }

  /** Somebody arrived after {@code tookNanos}. */
  public void arrived(long tookNanos) {
    if (samples == 0) {
      mean = (double) tookNanos;
      deviation = tookNanos / 2.0;
    } else {
      deviation = average(deviation, Math.abs((double) tookNanos - mean));
      mean = average(mean, (double) tookNanos);
    }
    slowestNanos = Math.max(slowestNanos, tookNanos);
    samples++;
  }

  private double average(double known, double sample) {
    return rule.history() * known + (1 - rule.history()) * sample;
  }

  /** The time after which one is a straggler; empty while too little is known. */
  public OptionalLong thresholdNanos() {
    if (samples < rule.leastSamples()) {
      return OptionalLong.empty();
    }
    long expected = Math.round(mean + rule.deviations() * deviation);
    return OptionalLong.of(Math.max(expected, slowestNanos + rule.leastGap().toNanos()));
  }
}
