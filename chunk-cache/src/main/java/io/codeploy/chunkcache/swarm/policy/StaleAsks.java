package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Requests to owners whose turn it is no more, since they are gone or slow, and that do not have
 * the chunk yet. Such a one would be waited for as long as it lets askers wait, and meanwhile the
 * member whose turn it is would get the chunk from nobody, as it is on its way.
 */
final class StaleAsks {
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

  private final Asks asks;
  private final HaveMap haves;
  private final OwnerRule rule;
  private final Hedges hedges;
  private final Set<Step.FromPeer> abandoned = new HashSet<>();
  private long dueNanos = Long.MIN_VALUE;

  StaleAsks(Asks asks, HaveMap haves, OwnerRule rule, Hedges hedges) {
    this.asks = asks;
    this.haves = haves;
    this.rule = rule;
    this.hedges = hedges;
  }

  /** To be called ten times a second. */
  void look(long now) {
    if (now < dueNanos) {
      return;
    }
    dueNanos = now + LOOK_NANOS;
    abandoned.removeIf(ask -> !asks.contains(ask));
    asks.all().stream()
        .filter(ask -> stale(ask, now))
        .filter(abandoned::add)
        .forEach(hedges::abandon);
  }

  private boolean stale(Step.FromPeer ask, long now) {
    return !haves.holds(ask.rank(), ask.chunk())
        && !rule.turn(ask.chunk(), now).equals(new OwnerRule.Turn.Theirs(ask.rank()));
  }
}
