package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The other members: how they are, how far they are, and which of them are followed. */
final class Members {
  /**
   * Twenty nodes on two cores were seen to begin within four seconds. Who begins later still looks
   * around first, so that little is lost by not waiting for it.
   */
  private static final Duration LATE = Duration.ofSeconds(4);

  /** Where little is wanted, little is sent twice, and there is nothing else to do meanwhile. */
  private static final Duration LATE_FOR_LITTLE = Duration.ofSeconds(1);

  private static final class Member {
    private final PeerHealth health = new PeerHealth();
    private final PeerView view = new PeerView();
  }

  /** Those that there was a reason to look at: of ten thousand a member meets a few hundred. */
  private final Map<Integer, Member> members = new HashMap<>();

  private final Set<Integer> neighbours;
  private final BooleanSupplier littleWanted;

  /** {@code littleWanted}: whether this member wants only a few chunks now. */
  Members(Set<Integer> neighbours, BooleanSupplier littleWanted) {
    this.neighbours = neighbours;
    this.littleWanted = littleWanted;
  }

  Set<Integer> neighbours() {
    return neighbours;
  }

  PeerHealth health(int rank) {
    return member(rank).health;
  }

  PeerView view(int rank) {
    return member(rank).view;
  }

  private Member member(int rank) {
    return members.computeIfAbsent(rank, any -> new Member());
  }

  /** Whether an owner cannot be waited for: gone, or alive without getting on. */
  boolean down(int rank, long now, Duration lease) {
    Duration late = littleWanted() ? LATE_FOR_LITTLE : LATE;
    return !health(rank).usable(now) || view(rank).stalled(now, lease, late);
  }

  /** How long one of whom nothing is known is given to get something by itself. */
  Duration patience(Duration lease) {
    return littleWanted() ? LATE_FOR_LITTLE : lease;
  }

  private boolean littleWanted() {
    return littleWanted.getAsBoolean();
  }

  /** The neighbours that are to be looked at first; of the others all news comes at once. */
  Set<Integer> unheard() {
    return neighbours.stream().filter(rank -> !view(rank).listening()).collect(Collectors.toSet());
  }

  void restartPolling() {
    neighbours.forEach(rank -> view(rank).restartPolling());
  }
}
