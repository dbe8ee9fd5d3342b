package io.codeploy.chunkcache.member;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who takes part in a deployment, and the orders over them that every member computes alike.
 * Immutable.
 */
public final class Roster {
  private final String deployment;
  private final List<Peer> peers;
  private final long[] seeds;
  private final Rendezvous origin;
  private final Map<Optional<String>, Rendezvous> sites;

  /** {@code peers} by rank. */
  public Roster(String deployment, List<Peer> peers) {
    this.deployment = deployment;
    this.peers = List.copyOf(peers);
    // Once for all orders: ten thousand digests take longer than ten thousand weights.
    this.seeds = peers.stream().mapToLong(peer -> Rendezvous.seed(peer.name())).toArray();
    this.origin = among(Peer::originAccess);
    this.sites =
        peers.stream()
            .map(Peer::site)
            .distinct()
            .collect(Collectors.toMap(Function.identity(), this::of));
  }

  public String deployment() {
    return deployment;
  }

  public List<Peer> peers() {
    return peers;
  }

  /** The order of those that reach the origin. */
  public Rendezvous origin() {
    return origin;
  }

  /** The order of those that are in the site of {@code rank}; those without a site are in one. */
  public Rendezvous near(int rank) {
    return Objects.requireNonNull(sites.get(peers.get(rank).site()), "a site of nobody");
  }

  public boolean severalSites() {
    return sites.size() > 1;
  }

  private Rendezvous of(Optional<String> site) {
    return among(peer -> peer.site().equals(site));
  }

  /** The order of those that {@code member} is true for. */
  public Rendezvous among(Predicate<Peer> member) {
    int[] ranks = peers.stream().filter(member).mapToInt(Peer::rank).toArray();
    long[] theirs = new long[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      theirs[i] = seeds[ranks[i]];
    }
    return new Rendezvous(ranks, theirs);
  }
}
