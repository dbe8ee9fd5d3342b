package io.codeploy.chunkcache.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which of those that hold a chunk to ask for it: one that may be asked and has room. */
final class Holders {
  private final Peer self;
  private final List<Peer> peers;
  private final HaveMap haves;
  private final Members members;
  private final Window window;
  private final SourceChoice choice;

  Holders(
      int self,
      List<Peer> peers,
      HaveMap haves,
      Members members,
      Window window,
      SourceChoice choice) {
    this.self = peers.get(self);
    this.peers = peers;
    this.haves = haves;
    this.members = members;
    this.window = window;
    this.choice = choice;
  }

  Optional<Step> request(int chunk, long now) {
    List<Integer> near = new ArrayList<>();
    List<Integer> far = new ArrayList<>();
    for (int rank : haves.holders(chunk)) {
      if (members.health(rank).askable(now) && window.open(rank)) {
        (nearby(rank) ? near : far).add(rank);
      }
    }
    return choice.choose(near, far).map(rank -> new Step.FromPeer(chunk, rank));
  }

  private boolean nearby(int rank) {
    return self.site().isPresent() && self.site().equals(peers.get(rank).site());
  }
}
