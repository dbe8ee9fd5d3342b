package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;

/**
 * For how long to let be a member that has no upload slot free. A slot becomes free when a chunk
 * has gone, so a part of the time that chunks take lately; twice as long with every refusal in a
 * row, but never longer than the member asks for.
 */
final class SlotPause {
  private static final double WEIGHT_OF_NEWEST = 0.1;
  private static final int PART = 4;
  private static final long SHORTEST_NANOS = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMillis(300).toNanos();
  private static final int MAX_DOUBLINGS = 6;

  private double meanNanos = PART * SHORTEST_NANOS;

  /** A chunk has come from a member, {@code nanos} after it was asked for. */
  void took(long nanos) {
    meanNanos += WEIGHT_OF_NEWEST * (nanos - meanNanos);
  }

  /** After {@code refusals} in a row before this one, the last with {@code asked}. */
  Duration after(int refusals, Duration asked) {
    long first = Math.clamp((long) meanNanos / PART, SHORTEST_NANOS, LONGEST_NANOS);
    long pause = first << Math.min(refusals, MAX_DOUBLINGS);
    return Duration.ofNanos(Math.min(pause, asked.toNanos()));
  }
}
