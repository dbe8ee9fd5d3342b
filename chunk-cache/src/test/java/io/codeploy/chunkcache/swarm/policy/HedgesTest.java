package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Rendezvous;
import io.codeploy.chunkcache.member.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HedgesTest {
  private static final int CHUNKS = 3;
  private static final int CHUNK_BYTES = 1000;

  /** A twentieth of that is two chunks. */
  private static final long TOTAL_BYTES = 40 * CHUNK_BYTES;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Rendezvous near = new Roster("deployment", peers()).near(0);
  private final HaveMap haves = new HaveMap(CHUNKS, near::contains);
  private final Wants wants = new Wants(CHUNKS, 8, haves, random);
  private final Window window = new Window(PolicyLimits.DEFAULT, near, new Asks());
  private final Hedges hedges =
      new Hedges(
          new Lateness(near, chunk -> CHUNK_BYTES),
          window,
          wants,
          new Quarantine(new Members(Set.of(), () -> false), haves, wants, new Jitter(random)),
          chunk -> CHUNK_BYTES,
          TOTAL_BYTES);

  private long now;

  @Test
  void answersWithoutBytesCostNothing() {
    begin(new Step.FromPeer(0, 1));
    pass(Duration.ofSeconds(30));
    for (int again = 0; again < 5; again++) {
      assertTrue(wants.orphan(0), "may be asked for again");
      Step.FromPeer second = new Step.FromPeer(0, 3);
      begin(second);
      end(second, again % 2 == 0 ? new Outcome.Busy(Duration.ofSeconds(1)) : new Outcome.Absent());
    }

    begin(new Step.FromPeer(1, 2));
    pass(Duration.ofSeconds(30));

    assertTrue(wants.orphan(1), "there is still something to pay with");
  }

  @Test
  void whatBreaksOffIsPaidForAgain() {
    begin(new Step.FromPeer(0, 1));
    pass(Duration.ofSeconds(30));
    for (int again = 0; again < 2; again++) {
      Step.FromPeer second = new Step.FromPeer(0, 3);
      begin(second);
      end(second, new Outcome.Unreachable());
    }

    assertFalse(wants.orphan(0));
    pass(Duration.ofSeconds(20));
    assertTrue(wants.orphan(0), "whatever that costs");
  }

  private void begin(Step.FromPeer step) {
    wants.want(step.chunk());
    wants.begin(step.chunk());
    window.begin(step);
    hedges.begin(step, false, now);
  }

  private void end(Step.FromPeer step, Outcome outcome) {
    window.end(step);
    hedges.end(step, outcome, now);
  }

  private void pass(Duration time) {
    for (long end = now + time.toNanos(); now < end; ) {
      now += Duration.ofMillis(100).toNanos();
      hedges.look(now);
    }
  }

  private static List<Peer> peers() {
    return IntStream.range(0, 4)
        .mapToObj(rank -> new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.empty(), false))
        .toList();
  }
}
