package io.codeploy.chunkcache.swarm;

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
    return members.neighbours().stream()
        .filter(rank -> members.health(rank).heard(now) && members.view(rank).pollDue(now))
        .findFirst()
        .map(rank -> members.view(rank).poll(rank));
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
