package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Members members = new Members(Set.of(1, 2, 3, 4), () -> false);
  private final HaveMap haves = new HaveMap(1, rank -> true);
  private final Wants wants = new Wants(1, 8, haves, new SplittableRandom(1));
  private final Pace pace = new Pace(members, wants);

  @BeforeEach
  void wantsWhatAnotherHas() {
    haves.add(1, List.of(0), wants::refresh);
    wants.want(0);
  }

  @Test
  void findsTheOneSlowThatGetsLessThanAFifthOfWhatTheMiddleOneGets() {
    begin();
    runTo(3, 900, 1000, 1100, 190);

    assertTrue(pace.slow(4, 3 * SECOND));
    assertFalse(pace.slow(1, 3 * SECOND));
    assertFalse(pace.selfSlow(3 * SECOND));
  }

  @Test
  void isNotMisledByOneThatIsFast() {
    begin();
    runTo(3, 1000, 1000, 100_000, 210);

    assertFalse(pace.slow(4, 3 * SECOND));
  }

  @Test
  void findsThatThisMemberIsSlow() {
    members.neighbours().forEach(rank -> tell(rank, 0, 0));
    pace.begin(0);
    pace.got(100);
    members.neighbours().forEach(rank -> tell(rank, 3000, 3));

    assertTrue(pace.selfSlow(3 * SECOND));
    assertFalse(pace.slow(1, 3 * SECOND));
  }

  @Test
  void takesNobodyForSlowThatHasNothingToAskFor() {
    members.neighbours().forEach(rank -> tell(rank, 0, 0));
    pace.begin(0);
    members.neighbours().forEach(rank -> tell(rank, 3000, 3));
    wants.begin(0);

    assertFalse(pace.selfSlow(3 * SECOND));
  }

  @Test
  void knowsWhetherAnyOfSomeIsQuick() {
    begin();
    runTo(3, 900, 1000, 1100, 190);

    assertTrue(pace.anyQuick(rank -> rank >= 3, 3 * SECOND));
    assertFalse(pace.anyQuick(rank -> rank == 4, 3 * SECOND));
  }

  @Test
  void judgesNobodyInTheFirstTwoSeconds() {
    members.neighbours().forEach(rank -> tell(rank, 0, 0));
    pace.begin(0);
    members.neighbours().forEach(rank -> tell(rank, rank == 4 ? 0 : 1000, 1));

    assertFalse(pace.slow(4, SECOND));
    assertFalse(pace.selfSlow(SECOND));
  }

  @Test
  void judgesNobodyBeforeTheMiddleOneHasEightChunks() {
    members.neighbours().forEach(rank -> tell(rank, 0, 0));
    pace.begin(0);
    pace.got(1000);
    runTo(3, 7900, 7900, 7900, 0);
    boolean early = pace.slow(4, 3 * SECOND);
    runTo(4, 11_000, 11_000, 11_000, 0);

    assertFalse(early);
    assertTrue(pace.slow(4, 4 * SECOND));
  }

  @Test
  void judgesNobodyThatWantsNothing() {
    begin();
    runTo(3, 900, 1000, 1100, 0);
    members.view(4).heard(new HaveDelta(0, 0, false, List.of()), 3 * SECOND);

    assertFalse(pace.slow(4, 3 * SECOND));
  }

  @Test
  void judgesOneThatBeganLaterByTheTimeThatItHad() {
    members.neighbours().stream().filter(rank -> rank < 4).forEach(rank -> tell(rank, 0, 0));
    pace.begin(0);
    tell(4, 0, 6);
    pace.got(9000);
    members.neighbours().forEach(rank -> tell(rank, rank == 4 ? 3000 : 9000, 9));

    assertFalse(pace.slow(4, 9 * SECOND));
    assertEquals(1000.0 / SECOND, members.view(4).rate(9 * SECOND).orElseThrow());
  }

  private void begin() {
    members.neighbours().forEach(rank -> tell(rank, 0, 0));
    pace.begin(0);
    IntStream.range(0, 10).forEach(any -> pace.got(100));
  }

  private void runTo(int seconds, long... bytes) {
    for (int rank = 1; rank <= bytes.length; rank++) {
      tell(rank, bytes[rank - 1], seconds);
    }
  }

  private void tell(int rank, long bytes, int seconds) {
    members.view(rank).heard(new HaveDelta(0, bytes, true, List.of()), seconds * SECOND);
  }
}
