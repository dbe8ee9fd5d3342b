package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.member.Roster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatenessTest {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final Step.FromPeer HERE = new Step.FromPeer(0, 1);
  private static final Step.FromPeer AFAR = new Step.FromPeer(0, 2);

  private final Lateness lateness =
      new Lateness(
          new Roster("deployment", List.of(peer(0, "here"), peer(1, "here"), peer(2, "afar")))
              .near(0),
          chunk -> CHUNK_BYTES);

  private long now;

  @Test
  void isFourTimesWhatOthersTake() {
    take(HERE, Duration.ofSeconds(3));
    lateness.begin(HERE, 0, now);
    takeMeanwhile(8, Duration.ofSeconds(3));

    assertEquals(List.of(), within(Duration.ofSeconds(11)));
    assertEquals(List.of(HERE), within(Duration.ofSeconds(2)));
    assertEquals(List.of(), within(Duration.ofHours(1)), "told once");
  }

  @Test
  void isNoneBeforeFiveSeconds() {
    take(HERE, Duration.ofMillis(10));
    lateness.begin(HERE, 0, now);
    takeMeanwhile(8, Duration.ofMillis(10));

    assertEquals(List.of(), within(Duration.ofMillis(4900)));
    assertEquals(List.of(HERE), within(Duration.ofMillis(100)));
  }

  @Test
  void takesThirtySecondsToSeeWhereFewHaveComeMeanwhile() {
    take(HERE, Duration.ofMillis(10));
    lateness.begin(HERE, 0, now);
    takeMeanwhile(7, Duration.ofMillis(10));

    assertEquals(List.of(), within(Duration.ofMillis(29_900)));
    assertEquals(List.of(HERE), within(Duration.ofMillis(100)));
  }

  @Test
  void doesNotMeasureWhatComesFromAfarByWhatComesFromHere() {
    take(HERE, Duration.ofMillis(10));
    lateness.begin(AFAR, 0, now);
    takeMeanwhile(100, Duration.ofMillis(10));

    assertEquals(List.of(), within(Duration.ofMillis(29_900)));
    assertEquals(List.of(AFAR), within(Duration.ofMillis(100)));
  }

  @Test
  void isNotRaisedByOneThatCrawls() {
    take(HERE, Duration.ofSeconds(3));
    take(HERE, Duration.ofHours(1));
    lateness.begin(HERE, 0, now);
    takeMeanwhile(8, Duration.ofSeconds(3));

    assertEquals(List.of(HERE), within(Duration.ofSeconds(17)));
  }

  @Test
  void countsNotWhatAnOwnerWaitsForItself() {
    take(HERE, Duration.ofMillis(10));
    lateness.begin(HERE, Duration.ofSeconds(8).toNanos(), now);
    takeMeanwhile(8, Duration.ofMillis(10));

    assertEquals(List.of(), within(Duration.ofMillis(12_900)));
    assertEquals(List.of(HERE), within(Duration.ofMillis(100)));
  }

  @Test
  void countsNotTheTimeInWhichThisProcessStoodStill() {
    take(HERE, Duration.ofMillis(10));
    lateness.begin(HERE, 0, now);
    takeMeanwhile(8, Duration.ofMillis(10));

    now += Duration.ofHours(1).toNanos();
    assertEquals(List.of(), within(Duration.ofMillis(4900)));
    assertEquals(List.of(HERE), within(Duration.ofMillis(200)));
  }

  /** What becomes late while it is looked at all the time. */
  private List<Step.FromPeer> within(Duration time) {
    List<Step.FromPeer> late = new ArrayList<>();
    for (long end = now + time.toNanos(); now < end; ) {
      now += Duration.ofMillis(100).toNanos();
      late.addAll(lateness.next(now));
    }
    return late;
  }

  private void take(Step.FromPeer step, Duration time) {
    lateness.begin(step, 0, now);
    lateness.end(step, new Outcome.Got(CHUNK_BYTES, time.toNanos()));
  }

  private void takeMeanwhile(int count, Duration time) {
    for (int i = 0; i < count; i++) {
      take(new Step.FromPeer(1, 1), time);
    }
  }

  private static Peer peer(int rank, String site) {
    return new Peer(rank, "n" + rank, "127.0.0.1", 1, Optional.of(site), false);
  }
}
