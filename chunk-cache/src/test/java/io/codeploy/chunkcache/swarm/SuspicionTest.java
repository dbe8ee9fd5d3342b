package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import io.codeploy.chunkcache.swarm.FleetCase.Sites;
import io.codeploy.chunkcache.swarm.FleetCase.Troubles;
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
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a member that sent nothing for long is let be, tried again and trusted again. */
class SuspicionTest {
  private static final int CHUNKS = 60;
  private static final int CHUNK_BYTES = 1000;

  private final SwarmPolicy policy = policy(3, rank -> false);
  private long now;

  @Test
  void whoWasLetBeIsAskedForOneChunkAndTrustedOnceThatHasCome() {
    IntStream.range(0, CHUNKS).forEach(chunk -> policy.want(chunk, now));
    policy.heard(1, all(), now);
    fetches().forEach(step -> policy.done(step, new Outcome.Busy(Duration.ofSeconds(4)), now));
    policy.heard(2, all(), now);
    assertEquals(List.of(2, 2, 2, 2), ranks(fetches()));
    now += Duration.ofSeconds(91).toNanos();

    List<Step.FromPeer> trial = fetches();
    assertEquals(List.of(1), ranks(trial));
    policy.done(trial.getFirst(), new Outcome.Got(CHUNK_BYTES, 1_000_000), now);

    assertEquals(List.of(1, 1, 1, 1), ranks(fetches()));
  }

  @Test
  void aTrialThatFailsMakesTheNextOneLater() {
    IntStream.range(0, CHUNKS).forEach(chunk -> policy.want(chunk, now));
    policy.heard(1, all(), now);
    fetches().forEach(step -> policy.done(step, new Outcome.Busy(Duration.ofSeconds(4)), now));
    policy.heard(2, all(), now);
    fetches();
    now += Duration.ofSeconds(91).toNanos();
    fetches().forEach(step -> policy.done(step, new Outcome.Busy(Duration.ofSeconds(4)), now));

    now += Duration.ofSeconds(179).toNanos();
    assertEquals(List.of(), fetches());
    now += Duration.ofSeconds(1).toNanos();
    assertEquals(List.of(1), ranks(fetches()));
  }

  @Test
  void isNotTrustedForOneChunkWhileAnotherIsLate() {
    SwarmPolicy alone = policy(3, rank -> rank == 0);
    IntStream.range(0, CHUNKS).forEach(chunk -> alone.want(chunk, now));
    alone.heard(1, all(), now);
    List<Step.Fetch> begun = fetches(alone, Duration.ofSeconds(25));
    begun.subList(1, begun.size()).forEach(step -> comes(alone, step));
    Step.Fetch quick = fetches(alone, Duration.ofSeconds(1)).getFirst();
    assertInstanceOf(Step.FromPeer.class, quick);

    List<Step.Fetch> elsewhere = fetches(alone, Duration.ofSeconds(6));
    assertInstanceOf(Step.FromOrigin.class, elsewhere.getFirst(), "the first one is late");
    comes(alone, quick);
    elsewhere.forEach(step -> comes(alone, step));

    assertInstanceOf(
        Step.FromOrigin.class, fetches(alone, Duration.ofSeconds(1)).getFirst(), "it still is");
  }

  private void comes(SwarmPolicy to, Step.Fetch step) {
    to.done(step, new Outcome.Got(CHUNK_BYTES, 1_000_000), now);
  }

  /** In steps so small that nobody takes them for a process that stood still. */
  private List<Step.Fetch> fetches(SwarmPolicy of, Duration time) {
    List<Step.Fetch> fetches = new ArrayList<>();
    for (long end = now + time.toNanos(); now < end; now += Duration.ofMillis(500).toNanos()) {
      for (Optional<Step> next = of.next(now); next.isPresent(); next = of.next(now)) {
        if (next.get() instanceof Step.Fetch fetch) {
          fetches.add(fetch);
        }
      }
    }
    return fetches;
  }

  @Test
  void aSiteWhereAllCrawlIsCompleteOnceItsLinkHasBroughtAll() {
    FleetCase fleet =
        FleetCase.plain(16, 60).with(new Sites(2, 100)).with(new Troubles(0, 0, 0, 0.5));

    FleetOutcome outcome = FleetSimulation.run(fleet);

    assertEquals(0, outcome.incomplete());
  }

  private List<Step.FromPeer> fetches() {
    List<Step.FromPeer> fetches = new ArrayList<>();
    for (Optional<Step> next = policy.next(now); next.isPresent(); next = policy.next(now)) {
      if (next.get() instanceof Step.FromPeer fetch) {
        fetches.add(fetch);
      }
    }
    return fetches;
  }

  private static List<Integer> ranks(List<Step.FromPeer> steps) {
    return steps.stream().map(Step.FromPeer::rank).collect(Collectors.toList());
  }

  private static HaveDelta all() {
    return new HaveDelta(CHUNKS, 0, false, IntStream.range(0, CHUNKS).boxed().toList());
  }

  private static SwarmPolicy policy(int members, IntPredicate originAccess) {
    return new SwarmPolicy(
        new Roster("deployment", peers(members, originAccess)),
        0,
        IntStream.range(0, CHUNKS)
            .mapToObj(i -> Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8)))
            .map(digest -> ChunkRef.raw(digest, CHUNK_BYTES))
            .toList(),
        PolicyLimits.DEFAULT,
        new SplittableRandom(1));
  }

  private static List<Peer> peers(int count, IntPredicate originAccess) {
    return IntStream.range(0, count)
        .mapToObj(
            rank ->
                new Peer(
                    rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), originAccess.test(rank)))
        .toList();
  }
}
