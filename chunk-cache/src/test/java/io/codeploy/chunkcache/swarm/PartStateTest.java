package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import io.codeploy.chunkcache.swarm.policy.PolicyLimits;
import io.codeploy.chunkcache.swarm.policy.Step;
import io.codeploy.chunkcache.swarm.policy.SwarmPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartStateTest {
  /** Two fill the memory, as their plain bytes count, too. */
  private static final List<ChunkRef> LARGE =
      List.of(large(Digest.of(new byte[] {1})), large(Digest.of(new byte[] {2})));

  private long now;

  @Test
  void seesWhatIsLateWhileMemoryIsFull() {
    SwarmPolicy policy =
        new SwarmPolicy(
            new Roster("deployment", peers()),
            0,
            LARGE,
            PolicyLimits.DEFAULT,
            new SplittableRandom(1));
    PartState state =
        new PartState(LARGE, policy, new Arrivals(), new Patience(SwarmSettings.DEFAULT_GIVE_UP));
    List.of(0, 1).forEach(chunk -> policy.want(chunk, now));
    HaveDelta both = new HaveDelta(2, 0, false, List.of(0, 1));
    List.of(1, 2, 3).forEach(rank -> state.heard(rank, both, now));
    Step.FromPeer first = fetch(state);
    Step.FromPeer second = fetch(state);

    for (int look = 0; look < 300; look++) {
      now += Duration.ofMillis(100).toNanos();
      assertEquals(Optional.empty(), state.next(now));
    }
    state.release(first);

    assertFalse(List.of(first.rank(), second.rank()).contains(fetch(state).rank()));
  }

  private Step.FromPeer fetch(PartState state) {
    for (Optional<Step> next = state.next(now); next.isPresent(); next = state.next(now)) {
      if (next.get() instanceof Step.FromPeer fetch) {
        return fetch;
      }
    }
    throw new AssertionError("nobody is asked");
  }

  private static ChunkRef large(Digest digest) {
    return ChunkRef.raw(digest, ChunkRef.MAX_LENGTH);
  }

  private static List<Peer> peers() {
    return IntStream.range(0, 4)
        .mapToObj(rank -> new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), false))
        .toList();
  }
}
