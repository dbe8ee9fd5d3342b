package io.codeploy.chunkcache.swarm;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whose have-maps a member follows. */
final class Neighbours {
  private static final int ALL_UP_TO = 20;
  private static final int RANDOM = 20;
  private static final int OF_OWN_SITE = 30;

  private Neighbours() {}

  /**
   * The ranks that {@code self} follows: all others up to 20; beyond that 20 that the deployment's
   * id picks for it, and up to 30 of its own site. Always the same for the same arguments.
   */
  static SortedSet<Integer> of(String deployment, int self, List<Peer> peers) {
    List<Peer> others = peers.stream().filter(peer -> peer.rank() != self).toList();
    SortedSet<Integer> ranks = new TreeSet<>();
    if (others.size() <= ALL_UP_TO) {
      others.forEach(peer -> ranks.add(peer.rank()));
      return ranks;
    }
    String key = deployment + "/" + self;
    Rendezvous.draw(key, others, RANDOM).forEach(peer -> ranks.add(peer.rank()));
    Optional<String> site = peers.get(self).site();
    List<Peer> near =
        others.stream().filter(peer -> site.isPresent() && peer.site().equals(site)).toList();
    Rendezvous.draw(key, near, OF_OWN_SITE).forEach(peer -> ranks.add(peer.rank()));
    return ranks;
  }
}
