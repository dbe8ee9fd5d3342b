package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.member.Peer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnersTest {
  private static final Version VERSION =
      new Version(new OriginUrl("http", "a", 80, "/x", true), "\"v1\"", 1L << 30);

  @Test
  void areTheSameForAllMembersButForTheAskerAtTheEnd() {
    List<Peer> peers = peers(10);
    Owners first = new Owners(peers, 0);
    Owners second = new Owners(peers, 1);

    for (long i = 0; i < 100; i++) {
      assertEquals(first.of(VERSION, i).subList(0, 3), second.of(VERSION, i).subList(0, 3));
      assertTrue(first.of(VERSION, i).contains(peers.get(0)));
    }
  }

  @Test
  void areAllMembersInTurn() {
    Owners owners = new Owners(peers(5), 0);
    Set<Peer> firsts = new HashSet<>();

    for (long i = 0; i < 1000; i++) {
      firsts.add(owners.of(VERSION, i).getFirst());
    }

    assertEquals(5, firsts.size());
  }

  @Test
  void areThoseOfTheFileForItsFirstRange() {
    Owners owners = new Owners(peers(10), 3);

    assertEquals(owners.of(VERSION.url()), owners.of(VERSION, 0));
  }

  @Test
  void isThisNodeWhenItIsAlone() {
    Owners owners = new Owners(peers(1), 0);

    assertEquals(peers(1), owners.of(VERSION, 7));
    assertTrue(owners.isSelf(owners.of(VERSION, 7).getFirst()));
  }

  private static List<Peer> peers(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            rank -> new Peer(rank, "node" + rank, "127.0.0.1", 1 + rank, Optional.empty(), true))
        .toList();
  }
}
