package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.Optional;

/** When to ask an owner for a chunk that nobody is known to hold. */
final class OwnerRequest {
  private final Members members;
  private final Window window;
  private final Asks asks;
  private final FirstRound round;
  private final SiteRule site;
  private final Duration lease;

  OwnerRequest(
      Members members, Window window, Asks asks, FirstRound round, SiteRule site, Duration lease) {
    this.members = members;
    this.window = window;
    this.asks = asks;
    this.round = round;
    this.site = site;
    this.lease = lease;
  }

  /** At once, if somebody waits here for {@code chunk}; else when it would not come by itself. */
  Optional<Step> request(int chunk, int owner, long now, boolean urgent) {
    boolean possible =
        asks.roomFor(owner)
            && site.mayAsk(owner, chunk, now)
            && members.health(owner).askable(now)
            && window.open(owner);
    return possible && (urgent || due(members.view(owner), now))
        ? Optional.of(new Step.FromPeer(chunk, owner))
        : Optional.empty();
  }

  /**
   * An owner that wants nothing will not get the chunk unless it is asked. One that is busy with
   * others, or of which nothing is known, gets time to come to it by itself.
   */
  private boolean due(PeerView owner, long now) {
    boolean fresh = owner.fresh(now);
    Duration patience = fresh ? lease.multipliedBy(2) : members.patience(lease);
    return (fresh && owner.idle()) || round.age(now) >= patience.toNanos();
  }
}
