package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which chunks the origin will give nobody: those that it has refused for good to as many members
 * as a chunk has owners. Where not so many say so, as when members are gone or get other answers,
 * what this member has found itself counts once nothing has come to anybody for a while.
 */
final class Refusals {
  /** Nobody waits for longer before the next one asks the origin. */
  private static final long WHILE_NANOS = Duration.ofSeconds(10).toNanos();

  private final int enough;
  private final Map<Integer, Set<Integer>> refused = new HashMap<>();
  private final Map<Integer, Long> ownSinceNanos = new HashMap<>();

  /**
   * @param enough members that were refused a chunk, so that it is refused
   */
  Refusals(int enough) {
    this.enough = enough;
  }

  /** {@code rank} says that it was refused {@code chunk}. */
  void told(int rank, int chunk) {
    refused.computeIfAbsent(chunk, any -> new HashSet<>()).add(rank);
  }

  /** This member, {@code self}, was. */
  void found(int self, int chunk, long now) {
    told(self, chunk);
    ownSinceNanos.putIfAbsent(chunk, now);
  }

  /**
   * Whether nobody will be given {@code chunk}.
   *
   * @param signNanos when something last came, here or to a neighbour
   */
  boolean certain(int chunk, long signNanos, long now) {
    Long since = ownSinceNanos.get(chunk);
    return refused.getOrDefault(chunk, Set.of()).size() >= enough
        || (since != null && now - Math.max(since, signNanos) >= WHILE_NANOS);
  }
}
