package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import io.codeploy.chunkcache.swarm.policy.PolicyLimits;
import io.codeploy.chunkcache.swarm.policy.Step;
import io.codeploy.chunkcache.swarm.policy.SwarmPolicy;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final ChunkRef CHUNK = ChunkRef.raw(Digest.of(new byte[] {1}), 1);
  private static final ChunkRef OTHER = ChunkRef.raw(Digest.of(new byte[] {2}), 1);

  private final Part part = part();

  @Test
  void letsOneWaitForNewsUntilAChunkComes() throws Exception {
    FutureTask<HaveDelta> waiting =
        thread(
            () -> {
              part.awaitNews(0, LONG);
              return part.since(0, 10);
            });

    part.have(0);

    assertEquals(List.of(0), waiting.get().chunks());
  }

  @Test
  void letsNobodyWaitWhoHasNotHeardOfWhatIsThere() throws Exception {
    part.have(0);

    part.awaitNews(0, LONG);

    assertEquals(1, part.since(0, 10).next());
  }

  @Test
  void gathersNewsUntilItHasAllThatItWants() throws Exception {
    part.want(1);
    part.have(0);
    FutureTask<HaveDelta> waiting =
        thread(
            () -> {
              part.awaitNews(0, LONG);
              return part.since(0, 10);
            });

    part.have(1);

    assertEquals(List.of(0, 1), waiting.get().chunks());
  }

  @Test
  void letsNobodyWaitAnyMoreWhenItIsClosed() throws Exception {
    FutureTask<Boolean> waiting = thread(() -> part.awaitAsked(0, LONG));
    while (!part.since(0, 10).active()) {
      Thread.onSpinWait();
    }

    part.close();

    assertEquals(false, waiting.get());
  }

  @Test
  void givesAnAskerTheChunkWhenItComes() throws Exception {
    FutureTask<Boolean> waiting = thread(() -> part.awaitAsked(0, LONG));
    while (!part.since(0, 10).active()) {
      Thread.onSpinWait();
    }

    part.have(0);

    assertTrue(waiting.get());
  }

  @Test
  void hasAndTellsOfWhatAStepBrought() throws Exception {
    part.want(0);
    Step.Fetch step = (Step.Fetch) part.awaitStep().orElseThrow();

    part.got(
        step,
        PeerClient.Answer.of(CHUNK, new byte[] {1}, 1, Optional.empty()),
        OptionalInt.empty());

    assertEquals(List.of(step.chunk()), part.since(0, 10).chunks());
    assertFalse(part.since(0, 10).active());
  }

  @Test
  void letsAFetchEndWithItsLastChunkAndNotBefore() throws Exception {
    BitSet both = BitSet.valueOf(new long[] {0b11});
    Fetch fetch = new Fetch(both, (chunk, plain) -> {});
    part.open(fetch);
    FutureTask<Boolean> waiting =
        thread(
            () -> {
              part.await(fetch);
              return fetch.complete();
            });

    for (int chunk : new int[] {0, 1}) {
      assertFalse(waiting.isDone());
      assertTrue(part.claim(fetch, chunk));
      part.delivered(fetch, chunk);
    }

    assertTrue(waiting.get());
  }

  @Test
  void isFoundByThoseWhoWaitForIt() throws Exception {
    Parts parts = new Parts();
    FutureTask<Optional<Part>> waiting = thread(() -> parts.await("content", LONG));

    parts.add(part);

    assertEquals(Optional.of(part), waiting.get());
  }

  private static Part part() {
    List<Peer> peers = List.of(new Peer(0, "n0", "127.0.0.1", 1, Optional.empty(), true));
    SwarmPolicy policy =
        new SwarmPolicy(
            new Roster("deployment", peers),
            0,
            List.of(CHUNK, OTHER),
            PolicyLimits.DEFAULT,
            new SplittableRandom(1));
    PartState state =
        new PartState(
            List.of(CHUNK, OTHER), policy, new Arrivals(), new Patience(Duration.ofSeconds(60)));
    return new Part("content", state, System::nanoTime, LONG);
  }

  private static <T> FutureTask<T> thread(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofVirtual().name("waiting").start(future);
    return future;
  }
}
