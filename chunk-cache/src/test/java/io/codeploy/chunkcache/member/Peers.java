package io.codeploy.chunkcache.member;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Members for tests. None has a site, all reach the origin. */
public final class Peers {
  private Peers() {}

  /** The members of rank 0 to {@code count - 1}. */
  public static List<Peer> peers(int count) {
    return IntStream.range(0, count).mapToObj(Peers::peer).toList();
  }

  /** One member. */
  public static Peer peer(int rank) {
    return new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), true);
  }
}
