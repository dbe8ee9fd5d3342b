package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Rendezvous;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Whom to ask for what, in which order; every member comes to the same. */
final class Owners {
  private static final int EACH = 3;

  private final List<Peer> peers;
  private final Peer self;
  private final Rendezvous order;

  /** Of {@code peers}, by rank, of which this node is number {@code self}. */
  Owners(List<Peer> peers, int self) {
    this.peers = List.copyOf(peers);
    this.self = peers.get(self);
    this.order =
        new Rendezvous(
            IntStream.range(0, peers.size()).toArray(),
            peers.stream().mapToLong(peer -> Rendezvous.seed(peer.name())).toArray());
  }

  boolean isSelf(Peer peer) {
    return peer.equals(self);
  }

  /** For what is known of a file and for its first range: three, and at last this node. */
  List<Peer> of(OriginUrl url) {
    return of(Digest.of(url.text().getBytes(StandardCharsets.UTF_8)));
  }

  /** For a range: three, and at last this node. */
  List<Peer> of(Version version, long index) {
    return index == 0 ? of(version.url()) : of(version.key(index));
  }

  private List<Peer> of(Digest name) {
    List<Peer> owners = new ArrayList<>();
    for (int rank : order.owners(name, EACH)) {
      owners.add(peers.get(rank));
    }
    if (!owners.contains(self)) {
      owners.add(self);
    }
    return owners;
  }
}
