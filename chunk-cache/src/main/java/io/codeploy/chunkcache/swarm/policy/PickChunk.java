package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which chunk to ask for next. In this order: what an asker waits for; what is this member's turn
 * to get from the origin; what somebody holds, rarest first; what its owner must be asked for.
 */
final class PickChunk {
  private static final long RESCUE_PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final Wants wants;
  private final PickSource source;
  private final BitSet firstOwned;
  private final BitSet laterOwned;
  private long nextRescueNanos = Long.MIN_VALUE;

  PickChunk(Wants wants, PickSource source, OwnerRule rule, int owners) {
    this.wants = wants;
    this.source = source;
    this.firstOwned = rule.owned(0, 1);
    this.laterOwned = rule.owned(1, owners);
  }

  Optional<Step> next(long now) {
    return wants
        .firstUrgent(chunk -> source.request(chunk, now, true))
        .or(() -> wants.randomOrphan(firstOwned, chunk -> source.inTurn(chunk, now)))
        .or(() -> wants.rarestReady(chunk -> source.fromHolder(chunk, now)))
        .or(() -> rescue(now));
  }

  /** Goes through all orphans, so not each time. */
  private Optional<Step> rescue(long now) {
    if (now < nextRescueNanos) {
      return Optional.empty();
    }
    Optional<Step> step =
        wants
            .randomOrphan(laterOwned, chunk -> source.request(chunk, now, false))
            .or(() -> wants.randomOrphan(chunk -> source.request(chunk, now, false)));
    if (step.isEmpty()) {
      nextRescueNanos = now + RESCUE_PAUSE_NANOS;
    }
    return step;
  }
}
