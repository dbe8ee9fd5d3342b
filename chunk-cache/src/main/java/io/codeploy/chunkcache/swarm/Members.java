package io.codeploy.chunkcache.swarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The other members: how they are, how far they are, and which of them are followed. */
final class Members {
  private static final class Member {
    private final PeerHealth health = new PeerHealth();
    private final PeerView view = new PeerView();
  }

  private final List<Member> members = new ArrayList<>();
  private final Set<Integer> neighbours;

  Members(int count, Set<Integer> neighbours) {
    for (int rank = 0; rank < count; rank++) {
      members.add(new Member());
    }
    this.neighbours = neighbours;
  }

  Set<Integer> neighbours() {
    return neighbours;
  }

  PeerHealth health(int rank) {
    return members.get(rank).health;
  }

  PeerView view(int rank) {
    return members.get(rank).view;
  }

  /** Whether an owner cannot be waited for: gone, or alive without getting on. */
  boolean down(int rank, long now, Duration lease) {
    return !health(rank).usable(now) || view(rank).stalled(now, lease);
  }

  /** The neighbours that are to be looked at first; of the others all news comes at once. */
  Set<Integer> unheard() {
    return neighbours.stream().filter(rank -> !view(rank).listening()).collect(Collectors.toSet());
  }

  void restartPolling() {
    neighbours.forEach(rank -> view(rank).restartPolling());
  }
}
