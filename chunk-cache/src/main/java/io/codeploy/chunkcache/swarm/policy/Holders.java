package io.codeploy.chunkcache.swarm.policy;

import io.codeploy.chunkcache.member.Rendezvous;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of those that hold a chunk to ask for it: one of the own site if any has it, that may be
 * asked and has room. One that was under suspicion and let be long enough is asked for one chunk,
 * to see how it goes, though what it has does not count yet.
 */
final class Holders {
  private final Rendezvous near;
  private final SiteRule site;
  private final HaveMap haves;
  private final Members members;
  private final Window window;
  private final SourceChoice choice;

  Holders(
      Rendezvous near,
      SiteRule site,
      HaveMap haves,
      Members members,
      Window window,
      SourceChoice choice) {
    this.near = near;
    this.site = site;
    this.haves = haves;
    this.members = members;
    this.window = window;
    this.choice = choice;
  }

  Optional<Step> request(int chunk, long now) {
    boolean here = haves.nearCount(chunk) > 0;
    if (!here && !site.mayCross(chunk, now)) {
      return Optional.empty();
    }
    List<Integer> candidates = new ArrayList<>();
    for (int rank : haves.holders(chunk)) {
      if (near.contains(rank) == here && askable(rank, now)) {
        candidates.add(rank);
      }
    }
    for (int rank : haves.suspectHolders(chunk)) {
      if (near.contains(rank) == here && window.outstanding(rank) == 0 && askable(rank, now)) {
        candidates.add(rank);
      }
    }
    return choice.choose(candidates).map(rank -> new Step.FromPeer(chunk, rank));
  }

  private boolean askable(int rank, long now) {
    return members.health(rank).askable(now) && window.open(rank);
  }

  /** Of those under suspicion: to be called where there is no other way to {@code chunk}. */
  Optional<Step> lastRequest(int chunk, long now) {
    List<Integer> candidates =
        haves.suspectHolders(chunk).stream()
            .filter(rank -> members.health(rank).askableAtLast(now))
            .filter(rank -> window.open(rank) && site.mayAsk(rank, chunk, now))
            .toList();
    return choice.choose(candidates).map(rank -> new Step.FromPeer(chunk, rank));
  }
}
