package io.codeploy.chunkcache.swarm.policy;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Rendezvous;
import io.codeploy.chunkcache.member.Roster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whose have-maps a member follows. */
final class Neighbours {
  /** Of all members, or all of them. */
  private static final int DRAWN = 20;

  private static final int OF_OWN_SITE = 30;

  /** Of all members, where a part is little and they are in one site. */
  private static final int DRAWN_FOR_LITTLE = 5;

  private Neighbours() {}

  /**
   * The ranks that {@code self} follows: 20 that the deployment's id picks for it, and up to 30 of
   * its own site. Where all are in one site, of a part that is little, so that all of it can be
   * asked for at once, 5, and an owner the other owners: most of the 20 would only be asked again
   * and again whether they have it yet. Always the same for the same arguments.
   *
   * @param part its chunks
   */
  static SortedSet<Integer> of(Roster roster, int self, List<Digest> part, PolicyLimits limits) {
    boolean little = part.size() <= limits.total() && !roster.severalSites();
    SortedSet<Integer> ranks = new TreeSet<>();
    Rendezvous others = roster.among(peer -> peer.rank() != self);
    Digest key = key(roster, self);
    add(ranks, others.owners(key, little ? DRAWN_FOR_LITTLE : DRAWN));
    if (little) {
      part.forEach(chunk -> add(ranks, otherOwners(roster, self, chunk, limits.owners())));
    }
    Optional<String> site = roster.peers().get(self).site();
    if (roster.severalSites() && others.size() > DRAWN) {
      Rendezvous near = roster.among(peer -> peer.rank() != self && peer.site().equals(site));
      add(ranks, near.owners(key, OF_OWN_SITE));
    }
    return ranks;
  }

  /** Owners follow each other: one has to notice when another is gone, and none may be alone. */
  private static int[] otherOwners(Roster roster, int self, Digest chunk, int count) {
    int[] owners = roster.origin().owners(chunk, count);
    return Arrays.stream(owners).anyMatch(owner -> owner == self)
        ? Arrays.stream(owners).filter(owner -> owner != self).toArray()
        : new int[0];
  }

  private static Digest key(Roster roster, int self) {
    return Digest.of((roster.deployment() + "/" + self).getBytes(StandardCharsets.UTF_8));
  }

  private static void add(Set<Integer> ranks, int[] more) {
    Arrays.stream(more).forEach(ranks::add);
  }
}
