package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.member.Peers;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a redeploy of a few chunks to eight nodes waits for, in virtual time. */
class SmallRedeployTest {
  private static final int NODES = 8;
  private static final int SEEDS = 20;

  /**
   * The news, which the answer to a poll may just have missed, a request and the chunk, each at its
   * slowest, and a tick.
   */
  private static final Duration SPREADING = Duration.ofMillis(96);

  /** A request that finds no upload slot free, what is waited then, and a tick. */
  private static final Duration REFUSAL = Duration.ofMillis(3 + 10 + 50);

  @ParameterizedTest
  @CsvSource({"1, 20", "1, 400", "1, 1500", "4, 20", "4, 400", "4, 1500"})
  void waitsForNothingButTheOrigin(int chunks, int originMillis) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedSwarm swarm = redeploy(chunks, originMillis, 8, seed);

      Duration spread = last(swarm).minus(swarm.originDone);
      Duration limit = chunks == 1 ? SPREADING : SPREADING.plus(REFUSAL);
      assertTrue(spread.compareTo(limit) <= 0, "seed " + seed + ": " + spread);
      assertEquals(chunks, swarm.originTotal());
    }
  }

  /** Of twenty that know the part one wants it, and hears nothing of most that own its chunks. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void oneThatWantsWhatNobodyElseDoesWaitsForNoLease(int chunks) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedSwarm swarm = new SimulatedSwarm(20, chunks, 8, Peers::peer, seed);
      SimulatedSwarm.Node only = swarm.nodes.get(seed);
      swarm.at(Duration.ZERO, () -> swarm.wantEverything(only));
      swarm.at(Duration.ZERO, () -> swarm.startTicking(only));
      swarm.run(Duration.ofMinutes(2));

      Duration took = only.completed.orElseThrow();
      assertTrue(took.compareTo(Duration.ofMillis(1500)) < 0, "seed " + seed + ": " + took);
      assertEquals(chunks, swarm.originTotal());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 400", "1, 1500", "4, 1500"})
  void asksLessOftenThanWhenNobodyLetsAPollWait(int chunks, int originMillis) {
    for (int seed = 0; seed < SEEDS; seed++) {
      int waiting = polls(redeploy(chunks, originMillis, 8, seed));
      int asking = polls(redeploy(chunks, originMillis, 0, seed));

      assertTrue(waiting < asking, "seed " + seed + ": " + waiting + ", " + asking);
    }
  }

  private static SimulatedSwarm redeploy(int chunks, int originMillis, int listeners, int seed) {
    SimulatedSwarm swarm = new SimulatedSwarm(NODES, chunks, 8, Peers::peer, seed);
    swarm.originMillis = originMillis;
    swarm.listeners = listeners;
    for (SimulatedSwarm.Node node : swarm.nodes) {
      node.joined = false;
      Duration start = Duration.ofMillis(swarm.random.nextInt(50));
      swarm.at(start, () -> swarm.wantEverything(node));
      swarm.at(start, () -> swarm.startTicking(node));
    }
    swarm.run(Duration.ofMinutes(2));
    return swarm;
  }

  private static Duration last(SimulatedSwarm swarm) {
    return swarm.nodes.stream()
        .map(node -> node.completed.orElseThrow())
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private static int polls(SimulatedSwarm swarm) {
    return swarm.nodes.stream().mapToInt(node -> node.polls).sum();
  }
}
