package io.codeploy.chunkcache.swarm.policy;

import static io.codeploy.chunkcache.member.Peers.peers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final List<Digest> MANY = chunks(9);
  private static final List<Digest> LITTLE = chunks(1);

  @Test
  void followsAllOthersInASmallFleet() {
    assertEquals(20, Neighbours.of(roster(21), 3, MANY, PolicyLimits.DEFAULT).size());
    assertTrue(Neighbours.of(roster(1), 0, MANY, PolicyLimits.DEFAULT).isEmpty());
    assertEquals(4, Neighbours.of(roster(5), 3, LITTLE, PolicyLimits.DEFAULT).size());
  }

  @Test
  void followsTwentyOfALargeFleetAnotherTwentyInAnotherDeployment() {
    SortedSet<Integer> neighbours = Neighbours.of(roster(200), 3, MANY, PolicyLimits.DEFAULT);

    assertEquals(20, neighbours.size());
    assertFalse(neighbours.contains(3));
    assertEquals(neighbours, Neighbours.of(roster(200), 3, MANY, PolicyLimits.DEFAULT));
    assertNotEquals(
        neighbours, Neighbours.of(new Roster("e", peers(200)), 3, MANY, PolicyLimits.DEFAULT));
    assertNotEquals(neighbours, Neighbours.of(roster(200), 4, MANY, PolicyLimits.DEFAULT));
  }

  @Test
  void followsItsOwnSiteTooHoweverLittleAPartIs() {
    List<Peer> peers =
        IntStream.range(0, 200)
            .mapToObj(
                rank ->
                    new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.of("s" + rank / 10), true))
            .toList();

    SortedSet<Integer> neighbours =
        Neighbours.of(new Roster("d", peers), 15, LITTLE, PolicyLimits.DEFAULT);

    assertTrue(neighbours.containsAll(List.of(10, 11, 12, 13, 14, 16, 17, 18, 19)));
    assertTrue(neighbours.size() <= 29);
  }

  @Test
  void followsFiveWhereAPartIsLittleButOwnersFollowEachOther() {
    Roster roster = roster(200);
    List<Integer> owners =
        IntStream.of(roster.origin().owners(LITTLE.getFirst(), 3)).boxed().toList();

    for (int rank = 0; rank < 200; rank++) {
      SortedSet<Integer> neighbours = Neighbours.of(roster, rank, LITTLE, PolicyLimits.DEFAULT);
      if (owners.contains(rank)) {
        int self = rank;
        assertTrue(owners.stream().allMatch(one -> one == self || neighbours.contains(one)));
      } else {
        assertEquals(5, neighbours.size());
      }
    }
  }

  private static Roster roster(int count) {
    return new Roster("d", peers(count));
  }

  private static List<Digest> chunks(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
