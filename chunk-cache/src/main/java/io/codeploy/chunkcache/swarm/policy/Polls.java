package io.codeploy.chunkcache.swarm.policy;

import java.util.Optional;

/** Which neighbour to ask for news next. */
final class Polls {
  private final Members members;
  private final int limit;
  private int outstanding;

  Polls(Members members, int limit) {
    this.members = members;
    this.limit = limit;
  }

  Optional<Step> next(long now) {
    if (outstanding >= limit) {
      return Optional.empty();
    }
    for (int rank : members.neighbours()) {
      PeerView view = members.view(rank);
      if (view.pollDue(now) && members.health(rank).heard(now)) {
        return Optional.of(view.poll(rank));
      }
    }
    return Optional.empty();
  }

  void begin(int rank, long now) {
    outstanding++;
    members.view(rank).pollSent(now);
  }

  void end(int rank, long now) {
    outstanding--;
    members.view(rank).pollEnded(now);
  }
}
