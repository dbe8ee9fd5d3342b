package io.codeploy.chunkcache.swarm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The other members: how they are, how far they are, and which of them are followed. */
final class Members {
  private static final class Member {
    private final PeerHealth health = new PeerHealth();
    private final PeerView view = new PeerView();
  }

  /** Those that there was a reason to look at: of ten thousand a member meets a few hundred. */
  private final Map<Integer, Member> members = new HashMap<>();

  private final Set<Integer> neighbours;

  Members(Set<Integer> neighbours) {
    this.neighbours = neighbours;
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
