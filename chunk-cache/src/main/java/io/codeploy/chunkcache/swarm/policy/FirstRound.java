package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Looking around at the start of a fetch: nothing is asked of the origin before every neighbour had
 * a moment to say what it has.
 */
final class FirstRound {
  private static final long LIMIT_NANOS = Duration.ofMillis(500).toNanos();

  private final Set<Integer> unheard = new HashSet<>();
  private long begunNanos;

  void begin(Set<Integer> neighbours, long now) {
    begunNanos = now;
    unheard.addAll(neighbours);
  }

  /** {@code rank} has answered, or has been found not to. */
  void heard(int rank) {
    unheard.remove(rank);
  }

  boolean over(long now) {
    return unheard.isEmpty() || age(now) >= LIMIT_NANOS;
  }

  /** Nanoseconds since the fetch began. */
  long age(long now) {
    return now - begunNanos;
  }
}
