package io.codeploy.multiquery.barrier;

import java.util.OptionalLong;

/**
 * Tells from arrivals when a run need not wait any longer. Nodes that failed do not arrive; times
 * are of one monotonic clock.
 */
public final class Barrier {
  private final BarrierRule rule;
  private final int needed;
  private final long earliestNanos;
  private final Knee knee;
  private int arrived;
  private long latestNanos;

  /** Of a run over {@code nodes} that begins at {@code startNanos}. */
  public Barrier(BarrierRule rule, int nodes, long startNanos) {
    this.rule = rule;
    this.needed = rule.needed(nodes);
    this.earliestNanos = startNanos + rule.minWait().toNanos();
    this.knee = new Knee(rule.knee().orElse(KneeRule.usual()));
    this.latestNanos = startNanos;
  }

  /** A node arrived at {@code nowNanos}, {@code tookNanos} after its own launch. */
  public void arrived(long nowNanos, long tookNanos) {
    arrived++;
    latestNanos = Math.max(latestNanos, nowNanos);
    knee.arrived(tookNanos);
  }

  /** How many have arrived. */
  public int arrivals() {
    return arrived;
  }

  /**
   * When it opens, if nothing happens before; a time gone by means now, empty that something has to
   * happen first.
   *
   * @param youngestNanos the launch of the youngest node that is missing; empty while others wait
   *     for theirs, which cannot be late
   */
  public OptionalLong opensAtNanos(OptionalLong youngestNanos) {
    if (!rule.early() || arrived < needed) {
      return OptionalLong.empty();
    }
    long met = Math.max(latestNanos, earliestNanos);
    if (rule.knee().isEmpty()) {
      return OptionalLong.of(met);
    }
    OptionalLong threshold = knee.thresholdNanos();
    return youngestNanos.isEmpty() || threshold.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(met, youngestNanos.getAsLong() + threshold.getAsLong()));
  }
}
