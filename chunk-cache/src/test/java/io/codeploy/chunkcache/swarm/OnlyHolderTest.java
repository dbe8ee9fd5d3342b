package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import io.codeploy.chunkcache.swarm.LinkNetwork.Host;
import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import io.codeploy.chunkcache.swarm.policy.Outcome;
import io.codeploy.chunkcache.swarm.policy.PolicyLimits;
import io.codeploy.chunkcache.swarm.policy.Step;
import io.codeploy.chunkcache.swarm.policy.SwarmPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever alone has what is wanted is asked, however slow it is; nobody reaches an origin. */
class OnlyHolderTest {
  private static final int CHUNKS = 24;
  private static final int CHUNK_BYTES = 2 << 20;

  /** Bytes per nanosecond of 2 Mbit/s. */
  private static final double SLOW = 2e6 / 8 / 1e9;

  private static final double QUICK = 100 * SLOW;

  private long now;

  @Test
  void givesAllOverASlowLink() {
    SimulatedSwarm swarm = swarm(QUICK, SLOW);
    IntStream.range(0, CHUNKS).forEach(chunk -> swarm.give(swarm.nodes.get(1), chunk));

    assertCompletes(swarm);
  }

  @Test
  void givesAllOverALinkThatIsSlowBesideOthers() {
    SimulatedSwarm swarm = swarm(QUICK, SLOW, QUICK);
    IntStream.range(0, CHUNKS)
        .forEach(chunk -> swarm.give(swarm.nodes.get(chunk < CHUNKS / 2 ? 1 : 2), chunk));

    assertCompletes(swarm);
  }

  @Test
  void isHeardAndAskedUnderSuspicion() {
    SwarmPolicy policy =
        new SwarmPolicy(
            new Roster("deployment", peers(2)),
            0,
            part(),
            PolicyLimits.DEFAULT,
            new SplittableRandom(1));
    policy.heard(1, new HaveDelta(1, 0, true, List.of(0)), now);
    IntStream.range(0, CHUNKS).forEach(chunk -> policy.want(chunk, now));
    policy.done(fetches(policy).getFirst(), new Outcome.Busy(Duration.ofSeconds(5)), now);

    assertTrue(policy.heard(1, new HaveDelta(2, 1, true, List.of(1)), now), "it has got on");
    now += Duration.ofSeconds(6).toNanos();

    assertFalse(policy.heard(1, new HaveDelta(2, 1, true, List.of()), now));
    assertEquals(2, fetches(policy).size());
  }

  private static SimulatedSwarm swarm(double... rates) {
    SimulatedTime time = new SimulatedTime();
    List<Host> hosts = new ArrayList<>();
    for (double rate : rates) {
      hosts.add(Host.of(rate, rate, Optional.empty()));
    }
    return new SimulatedSwarm(
        new Roster("deployment", peers(rates.length)),
        CHUNKS,
        CHUNK_BYTES,
        time,
        swarm -> new LinkNetwork(time, CHUNK_BYTES, SLOW, hosts),
        1);
  }

  /** That the first member gets all. */
  private static void assertCompletes(SimulatedSwarm swarm) {
    SimulatedSwarm.Node first = swarm.nodes.getFirst();
    swarm.at(Duration.ZERO, () -> swarm.wantEverything(first));
    swarm.at(Duration.ZERO, () -> swarm.startTicking(first));
    swarm.run(Duration.ofHours(2));

    assertEquals(Optional.empty(), first.gaveUp);
    assertEquals(CHUNKS, first.has.cardinality());
  }

  private List<Step.FromPeer> fetches(SwarmPolicy policy) {
    List<Step.FromPeer> fetches = new ArrayList<>();
    for (Optional<Step> next = policy.next(now); next.isPresent(); next = policy.next(now)) {
      if (next.get() instanceof Step.FromPeer fetch) {
        fetches.add(fetch);
      }
    }
    return fetches;
  }

  private static List<ChunkRef> part() {
    return IntStream.range(0, CHUNKS)
        .mapToObj(i -> Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8)))
        .map(digest -> ChunkRef.raw(digest, CHUNK_BYTES))
        .toList();
  }

  private static List<Peer> peers(int count) {
    return IntStream.range(0, count)
        .mapToObj(rank -> new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), false))
        .toList();
  }
}
