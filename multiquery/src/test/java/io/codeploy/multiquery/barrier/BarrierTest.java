package io.codeploy.multiquery.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BarrierTest {
  private static final long START = 1_000;
  private static final OptionalLong NEVER = OptionalLong.empty();
  private static final OptionalLong YOUNGEST = OptionalLong.of(START);

  /** Whose threshold is, once one has arrived after 10, at 30. */
  private static final KneeRule KNEE = new KneeRule(0.7, 4, 1, Duration.ofNanos(1));

  private static Barrier barrier(Optional<Share> quorum, long minWait, Optional<KneeRule> knee) {
    return new Barrier(
        new BarrierRule(quorum, Duration.ofNanos(minWait), knee, Stragglers.CUT), 4, START);
  }

  private static Optional<Share> half() {
    return Optional.of(new Share.Percent(50));
  }

  private static void arrive(Barrier barrier, long... after) {
    for (long nanos : after) {
      barrier.arrived(START + nanos, nanos);
    }
  }

  @Test
  void theClassicOneDoesNotOpenEarly() {
    Barrier barrier = new Barrier(BarrierRule.forAll(), 4, START);
    arrive(barrier, 10, 10, 10);

    assertEquals(NEVER, barrier.opensAtNanos(YOUNGEST));
  }

  @Test
  void opensWithTheQuorum() {
    Barrier barrier = barrier(half(), 0, Optional.empty());
    arrive(barrier, 10);
    assertEquals(NEVER, barrier.opensAtNanos(NEVER));

    arrive(barrier, 20);
    assertEquals(OptionalLong.of(START + 20), barrier.opensAtNanos(NEVER));
    assertEquals(2, barrier.arrivals());
  }

  @Test
  void anEntryWithAQuorumWaitsForThoseThatDoNotLagBehind() {
    BarrierRule rule =
        new BarrierRule(half(), Duration.ZERO, Optional.empty(), Stragglers.CUT).forEntry();
    Barrier barrier = new Barrier(rule, 4, START);
    arrive(barrier, 10, 20);

    assertEquals(
        OptionalLong.of(START + 20 + Duration.ofSeconds(10).toNanos()),
        barrier.opensAtNanos(YOUNGEST));
  }

  @Test
  void anEntryWithoutARuleWaitsForAll() {
    assertEquals(BarrierRule.forAll(), BarrierRule.forAll().forEntry());
  }

  @Test
  void nobodyIsLeftAtAnEntry() {
    BarrierRule rule =
        new BarrierRule(
            Optional.empty(), Duration.ZERO, Optional.of(KneeRule.usual()), Stragglers.LEAVE);

    assertEquals(Stragglers.CUT, rule.forEntry().stragglers());
    assertEquals(Optional.of(KneeRule.usual().patient()), rule.forEntry().knee());
  }

  @Test
  void waitsAtLeastAsLongAsItShall() {
    Barrier barrier = barrier(half(), 50, Optional.empty());
    arrive(barrier, 10, 20);

    assertEquals(OptionalLong.of(START + 50), barrier.opensAtNanos(NEVER));
  }

  @Test
  void opensAtAKneeOnceHalfHaveArrived() {
    Barrier barrier = barrier(Optional.empty(), 0, Optional.of(KNEE));
    arrive(barrier, 10);
    assertEquals(NEVER, barrier.opensAtNanos(YOUNGEST));

    arrive(barrier, 10);
    // mean 10, deviation 0.7 * 5
    assertEquals(OptionalLong.of(START + 24), barrier.opensAtNanos(YOUNGEST));
  }

  @Test
  void theKneeCountsFromTheLaunchOfTheYoungestAndNotBeforeAllAreLaunched() {
    Barrier barrier = barrier(Optional.empty(), 0, Optional.of(KNEE));
    arrive(barrier, 10, 10);

    assertEquals(NEVER, barrier.opensAtNanos(NEVER));
    assertEquals(
        OptionalLong.of(START + 100 + 24), barrier.opensAtNanos(OptionalLong.of(START + 100)));
  }

  @Test
  void ignoresKneesBeforeQuorumAndLeastWait() {
    Barrier barrier = barrier(Optional.of(new Share.Count(3)), 1000, Optional.of(KNEE));
    arrive(barrier, 10, 10);
    assertEquals(NEVER, barrier.opensAtNanos(YOUNGEST));

    arrive(barrier, 10);
    assertEquals(OptionalLong.of(START + 1000), barrier.opensAtNanos(YOUNGEST));
  }
}
