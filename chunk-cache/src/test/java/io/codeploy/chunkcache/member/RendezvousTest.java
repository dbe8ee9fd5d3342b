package io.codeploy.chunkcache.member;

import static io.codeploy.chunkcache.member.Peers.peers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
  @Test
  void spreadsTheChunksOverTheOwners() {
    Rendezvous rendezvous = origin(peers(20));
    int[] firsts = new int[20];

    IntStream.range(0, 10_000).forEach(i -> firsts[rendezvous.owners(chunk(i), 3)[0]]++);

    assertTrue(Arrays.stream(firsts).allMatch(n -> n > 400 && n < 600), Arrays.toString(firsts));
  }

  @Test
  void movesOnlyTheChunksOfAMemberThatIsGone() {
    Rendezvous all = origin(peers(20));
    Rendezvous fewer = origin(peers(20).subList(0, 19));

    for (int i = 0; i < 500; i++) {
      int[] before = all.owners(chunk(i), 4);
      int[] expected = Arrays.stream(before).filter(rank -> rank != 19).limit(3).toArray();
      assertArrayEquals(expected, fewer.owners(chunk(i), 3));
    }
  }

  @Test
  void namesTheSameOrderToTheEnd() {
    Rendezvous rendezvous = origin(peers(7));
    int[] order = rendezvous.owners(chunk(1), 10);

    assertEquals(7, Arrays.stream(order).distinct().count());
    for (int place = 0; place < order.length; place++) {
      assertEquals(place, rendezvous.position(chunk(1), order[place]));
    }
  }

  @Test
  void leavesOutWhoDoesNotReachTheOrigin() {
    List<Peer> peers =
        List.of(
            new Peer(0, "a", "127.0.0.1", 1, Optional.empty(), false),
            new Peer(1, "b", "127.0.0.1", 1, Optional.empty(), true));

    assertArrayEquals(new int[] {1}, origin(peers).owners(chunk(0), 3));
    assertEquals(0, origin(peers.subList(0, 1)).owners(chunk(0), 3).length);
  }

  private static Rendezvous origin(List<Peer> peers) {
    return new Roster("d", peers).origin();
  }

  private static Digest chunk(int i) {
    return Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8));
  }
}
