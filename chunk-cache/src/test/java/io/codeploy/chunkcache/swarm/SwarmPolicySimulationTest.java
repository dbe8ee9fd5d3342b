package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Peers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwarmPolicySimulationTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void takesOneCopyOfEachChunkFromTheOriginWithoutFaults(long seed) {
    SimulatedSwarm swarm = new SimulatedSwarm(50, 200, 8, Peers::peer, seed);
    startAll(swarm);

    Duration took = swarm.run(LIMIT);

    assertComplete(swarm, 200);
    assertEquals(200, swarm.originTotal());
    assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, "took " + took);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void takesFewMoreWhenATenthOfTheNodesDies(long seed) {
    SimulatedSwarm swarm = new SimulatedSwarm(50, 400, 2, Peers::peer, seed);
    startAll(swarm);
    IntStream.range(0, 5)
        .forEach(
            i ->
                swarm.at(
                    Duration.ofMillis(300 + 300 * i), () -> swarm.kill(swarm.nodes.get(10 * i))));

    swarm.run(LIMIT);

    assertComplete(swarm, 400);
    assertTrue(swarm.originTotal() <= 440, "copies: " + swarm.originTotal());
  }

  @Test
  void completesWhenNodesWereDeadFromTheStart() {
    SimulatedSwarm swarm = new SimulatedSwarm(50, 200, 8, Peers::peer, 4);
    IntStream.range(0, 5).forEach(i -> swarm.nodes.get(7 * i).alive = false);
    startAll(swarm);

    swarm.run(LIMIT);

    assertComplete(swarm, 200);
    assertTrue(swarm.originTotal() <= 220, "copies: " + swarm.originTotal());
  }

  @Test
  void getsForOneNodeWhatNoOwnerWants() {
    SimulatedSwarm swarm = new SimulatedSwarm(12, 40, 8, Peers::peer, 5);
    SimulatedSwarm.Node only = swarm.nodes.getFirst();
    swarm.at(Duration.ZERO, () -> swarm.wantEverything(only));
    swarm.at(Duration.ZERO, () -> swarm.startTicking(only));

    Duration took = swarm.run(LIMIT);

    assertEquals(40, only.has.cardinality());
    assertEquals(40, swarm.originTotal());
    assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, "took " + took);
  }

  @Test
  void reachesNodesThatDoNotReachTheOrigin() {
    SimulatedSwarm swarm =
        new SimulatedSwarm(
            30,
            100,
            4,
            rank -> new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), rank < 3),
            6);
    startAll(swarm);

    swarm.run(LIMIT);

    assertComplete(swarm, 100);
    assertEquals(100, swarm.originTotal());
  }

  @Test
  void takesNothingFromTheOriginThatAnotherNodeHas() {
    SimulatedSwarm swarm = new SimulatedSwarm(8, 60, 8, Peers::peer, 7);
    IntStream.range(0, 60).forEach(chunk -> swarm.give(swarm.nodes.get(5), chunk));
    startAll(swarm);

    swarm.run(LIMIT);

    assertComplete(swarm, 60);
    assertEquals(0, swarm.originTotal());
  }

  @Test
  void servesNodesThatStartMuchLater() {
    SimulatedSwarm swarm = new SimulatedSwarm(40, 100, 4, Peers::peer, 8);
    for (SimulatedSwarm.Node node : swarm.nodes) {
      Duration start = Duration.ofMillis(400L * node.rank);
      swarm.at(start, () -> swarm.wantEverything(node));
      swarm.at(start, () -> swarm.startTicking(node));
    }

    swarm.run(LIMIT);

    assertComplete(swarm, 100);
    assertEquals(100, swarm.originTotal());
  }

  @Test
  void completesInAFleetOfWhichEachKnowsAFew() {
    SimulatedSwarm swarm = new SimulatedSwarm(200, 100, 4, Peers::peer, 9);
    startAll(swarm);

    swarm.run(LIMIT);

    assertComplete(swarm, 100);
    assertTrue(swarm.originTotal() <= 105, "copies: " + swarm.originTotal());
  }

  private static void startAll(SimulatedSwarm swarm) {
    for (SimulatedSwarm.Node node : swarm.nodes) {
      swarm.at(Duration.ZERO, () -> swarm.wantEverything(node));
      swarm.at(Duration.ZERO, () -> swarm.startTicking(node));
    }
  }

  private static void assertComplete(SimulatedSwarm swarm, int chunks) {
    List<Integer> incomplete =
        swarm.nodes.stream()
            .filter(node -> node.alive && node.has.cardinality() < chunks)
            .map(node -> node.rank)
            .toList();
    assertEquals(List.of(), incomplete);
  }
}
