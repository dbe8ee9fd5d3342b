package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Peers;
import io.codeploy.chunkcache.swarm.policy.Outcome;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That every fetch ends, whatever goes on for ever, in virtual time. */
class SwarmEndingsTest {
  private static final Duration FOR_EVER = Duration.ofDays(30);
  private static final int CHUNKS = 30;
  private static final int SEEDS = 20;

  /** What the slowest sign of life puts the end off by, and some time to get the rest. */
  private static final Duration SOON = SimulatedSwarm.GIVE_UP.multipliedBy(3);

  /** Ten seconds after the last who asks was told no, and as long as it takes until that. */
  private static final Duration REFUSED = Duration.ofSeconds(20);

  /** Ten seconds of refusals, and what leases and patience with an owner take. */
  private static final Duration HELD_UP = Duration.ofSeconds(30);

  private static final Duration LATEST = SimulatedSwarm.GIVE_UP.multipliedBy(11);

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 50})
  void endsWithAllButTheChunkThatTheOriginFailsAt(int nodes) {
    SimulatedSwarm swarm = swarm(nodes);
    swarm.origin = chunk -> chunk == 7 ? new Outcome.Failed() : got();

    startAll(swarm);
    swarm.run(FOR_EVER);

    assertAllEnded(swarm, LATEST);
    swarm.nodes.forEach(node -> assertEquals(List.of(7), missing(node)));
    assertTrue(swarm.originRequests[7] <= 15 * nodes, "asked " + swarm.originRequests[7]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 50})
  void endsWithAllButTheChunkThatTheOriginRefuses(int nodes) {
    SimulatedSwarm swarm = swarm(nodes);
    swarm.origin = chunk -> chunk == 7 ? new Outcome.Absent() : got();

    startAll(swarm);
    swarm.run(FOR_EVER);

    swarm.nodes.forEach(
        node ->
            assertTrue(node.gaveUp.orElseThrow().compareTo(REFUSED) <= 0, node.gaveUp::toString));
    swarm.nodes.forEach(node -> assertEquals(List.of(7), missing(node)));
    assertTrue(swarm.originRequests[7] <= 3 * nodes, "asked " + swarm.originRequests[7]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 50})
  void endsWhenTheOriginAsksToWaitWithoutEnd(int nodes) {
    SimulatedSwarm swarm = swarm(nodes);
    swarm.origin = chunk -> chunk < 10 ? got() : new Outcome.Busy(Duration.ofSeconds(1));

    startAll(swarm);
    swarm.run(FOR_EVER);

    assertAllEnded(swarm, LATEST);
    swarm.nodes.forEach(
        node -> assertEquals(IntStream.range(10, CHUNKS).boxed().toList(), missing(node)));
  }

  @Test
  void endsWhenTheOriginIsGone() {
    SimulatedSwarm swarm = swarm(8);
    swarm.origin = chunk -> new Outcome.Unreachable();

    startAll(swarm);
    swarm.run(FOR_EVER);

    assertAllEnded(swarm, SOON);
    assertEquals(0, swarm.originTotal());
  }

  @Test
  void goesOnWhenTheOriginIsBackAfterHalfAMinute() {
    int copies = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedSwarm swarm = new SimulatedSwarm(8, CHUNKS, 8, Peers::peer, seed);
      swarm.origin = chunk -> new Outcome.Unreachable();

      startAll(swarm);
      swarm.at(Duration.ofSeconds(30), () -> swarm.origin = chunk -> got());
      swarm.run(FOR_EVER);

      swarm.nodes.forEach(node -> assertEquals(List.of(), missing(node)));
      copies += swarm.originTotal();
    }
    // After half a minute without an origin all leases have run out, so that some chunks go twice.
    assertTrue(copies <= SEEDS * CHUNKS * 1.15, "copies: " + copies);
  }

  @Test
  void endsWhenAllPeersOnlySayComeBack() {
    SimulatedSwarm swarm = leechAmong(5);
    swarm.nodes.subList(1, 5).forEach(node -> node.sendsAway = true);
    SimulatedSwarm.Node leech = startFirst(swarm);

    swarm.run(FOR_EVER);

    assertEnded(leech, SOON);
  }

  /** Then what it says that it has is had from the origin, once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void isNotHeldUpByWhoeverSaysItHasEverythingAndToComeBack(int others) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedSwarm swarm = new SimulatedSwarm(others + 1, CHUNKS, 8, Peers::peer, seed);
      SimulatedSwarm.Node idle = swarm.nodes.getLast();
      IntStream.range(0, CHUNKS).forEach(chunk -> swarm.give(idle, chunk));
      idle.sendsAway = true;

      startAll(swarm);
      swarm.run(FOR_EVER);

      List<SimulatedSwarm.Node> wanting = swarm.nodes.subList(0, others);
      wanting.forEach(node -> assertEquals(List.of(), missing(node)));
      wanting.forEach(
          node ->
              assertTrue(
                  node.completed.orElseThrow().compareTo(HELD_UP) <= 0, node.completed::toString));
      assertTrue(swarm.originTotal() <= CHUNKS * 1.15, "copies: " + swarm.originTotal());
    }
  }

  @Test
  void endsWhenAllPeersLie() {
    SimulatedSwarm swarm = leechAmong(5);
    swarm.nodes.subList(1, 5).forEach(node -> node.lies = true);
    SimulatedSwarm.Node leech = startFirst(swarm);

    swarm.run(FOR_EVER);

    assertEnded(leech, SOON);
  }

  @Test
  void endsWhenAllPeersAreGone() {
    SimulatedSwarm swarm = leechAmong(5);
    SimulatedSwarm.Node leech = startFirst(swarm);
    swarm.at(Duration.ofMillis(20), () -> swarm.nodes.subList(1, 5).forEach(swarm::kill));

    swarm.run(FOR_EVER);

    assertEnded(leech, SOON);
  }

  @Test
  void takesTheChunkFromTheOwnerThatGetsItWhenTheOriginFailsForAnother() {
    int copies = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedSwarm swarm = new SimulatedSwarm(8, CHUNKS, 8, Peers::peer, seed);
      SimulatedSwarm.Node first = swarm.nodes.get(swarm.owner(7));
      swarm.origin = chunk -> chunk == 7 && swarm.asking == first ? new Outcome.Failed() : got();

      startAll(swarm);
      swarm.run(FOR_EVER);

      swarm.nodes.forEach(node -> assertEquals(List.of(), missing(node)));
      copies += swarm.originTotal();
    }
    // After half a minute without an origin all leases have run out, so that some chunks go twice.
    assertTrue(copies <= SEEDS * CHUNKS * 1.15, "copies: " + copies);
  }

  /** As where a name leads to several servers, one of which is behind. */
  @Test
  void takesTheChunkFromTheOneThatGetsItWhenTheOriginRefusesTwoOthers() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedSwarm swarm = new SimulatedSwarm(8, CHUNKS, 8, Peers::peer, seed);
      List<Integer> refused = swarm.owners(7).subList(0, 2);
      swarm.origin =
          chunk ->
              chunk == 7 && refused.contains(swarm.asking.rank) ? new Outcome.Refused() : got();

      startAll(swarm);
      swarm.run(FOR_EVER);

      swarm.nodes.forEach(node -> assertEquals(List.of(), missing(node)));
    }
  }

  private static Outcome got() {
    return new Outcome.Got(1, 1);
  }

  private static SimulatedSwarm swarm(int nodes) {
    return new SimulatedSwarm(nodes, CHUNKS, 8, Peers::peer, nodes);
  }

  /** The first member reaches no origin; the others have everything. */
  private static SimulatedSwarm leechAmong(int nodes) {
    SimulatedSwarm swarm =
        new SimulatedSwarm(
            nodes,
            CHUNKS,
            8,
            rank -> new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), rank > 0),
            5);
    swarm
        .nodes
        .subList(1, nodes)
        .forEach(node -> IntStream.range(0, CHUNKS).forEach(chunk -> swarm.give(node, chunk)));
    return swarm;
  }

  private static SimulatedSwarm.Node startFirst(SimulatedSwarm swarm) {
    SimulatedSwarm.Node first = swarm.nodes.getFirst();
    start(swarm, first);
    return first;
  }

  private static void startAll(SimulatedSwarm swarm) {
    swarm.nodes.forEach(node -> start(swarm, node));
  }

  private static void start(SimulatedSwarm swarm, SimulatedSwarm.Node node) {
    swarm.at(Duration.ZERO, () -> swarm.wantEverything(node));
    swarm.at(Duration.ZERO, () -> swarm.startTicking(node));
  }

  private static void assertAllEnded(SimulatedSwarm swarm, Duration limit) {
    swarm.nodes.forEach(node -> assertEnded(node, limit));
  }

  private static void assertEnded(SimulatedSwarm.Node node, Duration limit) {
    Duration end = node.gaveUp.orElseThrow();
    assertTrue(end.compareTo(SimulatedSwarm.GIVE_UP) >= 0, node.rank + " ended early: " + end);
    assertTrue(end.compareTo(limit) <= 0, node.rank + " ended late: " + end);
  }

  private static List<Integer> missing(SimulatedSwarm.Node node) {
    BitSet missing = new BitSet();
    missing.set(0, CHUNKS);
    missing.andNot(node.has);
    return missing.stream().boxed().toList();
  }
}
