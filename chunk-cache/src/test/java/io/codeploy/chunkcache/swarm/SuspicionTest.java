package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.swarm.FleetCase.Sites;
import io.codeploy.chunkcache.swarm.FleetCase.Troubles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a member that sent nothing for long is let be, tried again and trusted again. */
class SuspicionTest {
  private static final int CHUNKS = 60;
  private static final int CHUNK_BYTES = 1000;

  private final SwarmPolicy policy =
      new SwarmPolicy(
          new Roster("deployment", peers(3)),
          0,
          IntStream.range(0, CHUNKS)
              .mapToObj(i -> Digest.of(("chunk " + i).getBytes(StandardCharsets.UTF_8)))
              .map(digest -> ChunkRef.raw(digest, CHUNK_BYTES))
              .toList(),
          PolicyLimits.DEFAULT,
          new SplittableRandom(1));

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

  private static List<Peer> peers(int count) {
    return IntStream.range(0, count)
        .mapToObj(rank -> new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), false))
        .toList();
  }
}
