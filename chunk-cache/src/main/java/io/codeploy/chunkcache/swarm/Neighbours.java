package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
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
  static SortedSet<Integer> of(Roster roster, int self) {
    SortedSet<Integer> ranks = new TreeSet<>();
    int others = roster.peers().size() - 1;
    int drawn = others <= ALL_UP_TO ? ALL_UP_TO : RANDOM;
    Digest key = key(roster, self);
    add(ranks, roster.among(peer -> peer.rank() != self).owners(key, drawn));
    Optional<String> site = roster.peers().get(self).site();
    if (roster.severalSites() && others > ALL_UP_TO) {
      Rendezvous near = roster.among(peer -> peer.rank() != self && peer.site().equals(site));
      add(ranks, near.owners(key, OF_OWN_SITE));
    }
    return ranks;
  }

  private static Digest key(Roster roster, int self) {
    return Digest.of((roster.deployment() + "/" + self).getBytes(StandardCharsets.UTF_8));
  }

  private static void add(Set<Integer> ranks, int[] more) {
    Arrays.stream(more).forEach(ranks::add);
  }
}
