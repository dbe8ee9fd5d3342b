package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OriginAccessTest {
  private static final int BAD = 1;
  private static final int GOOD = 2;

  private final OriginAccess origin =
      new OriginAccess(true, 2, 2, new Jitter(new SplittableRandom(1)));
  private long now;

  @Test
  void letsABadChunkRestAndGoesOnWithTheOthers() {
    ask(BAD, new Outcome.Failed());

    assertFalse(origin.askable(BAD, now));
    assertTrue(origin.askable(GOOD, now));
    pass(Duration.ofSeconds(1));
    assertTrue(origin.askable(BAD, now));
  }

  @Test
  void triesABadChunkAtMostTwiceAMinuteInTheEnd() {
    int tries = 0;
    for (int second = 0; second < 3_600; second++) {
      if (origin.askable(BAD, now)) {
        ask(BAD, new Outcome.Failed());
        tries++;
      }
      ask(GOOD, new Outcome.Got(1, 1));
      pass(Duration.ofSeconds(1));
    }

    assertTrue(tries <= 120, tries + " tries");
  }

  @Test
  void isAskedForMoreAtOnceWhenItHasGivenSomething() {
    OriginAccess one = new OriginAccess(true, 1, 2, new Jitter(new SplittableRandom(1)));

    one.begin();
    assertFalse(one.askable(BAD, now));
    one.done(GOOD, new Outcome.Got(1, 1), now);
    one.begin();
    assertTrue(one.askable(BAD, now));
    one.begin();
    assertFalse(one.askable(BAD, now));
  }

  @Test
  void leavesItToOthersAfterTwoFailures() {
    ask(BAD, new Outcome.Failed());
    assertTrue(origin.promises(BAD));
    ask(BAD, new Outcome.Failed());

    assertFalse(origin.promises(BAD));
    assertTrue(origin.promises(GOOD));
  }

  @Test
  void isLeftAloneWhenItOnlyFails() {
    ask(BAD, new Outcome.Failed());
    ask(GOOD, new Outcome.Failed());

    assertFalse(origin.askable(3, now));
  }

  /** Each of them is refused three times before a deployment is told of it. */
  @Test
  void isAskedForManyChunksThatItRefusesWithoutLongPauses() {
    int missing = 20;
    long begun = now;
    int refusals = 0;
    for (int chunk = 0; refusals < 3 * missing; chunk = (chunk + 1) % missing) {
      if (origin.askable(chunk, now)) {
        ask(chunk, new Outcome.Absent());
        refusals++;
      }
      pass(Duration.ofMillis(10));
    }

    Duration took = Duration.ofNanos(now - begun);
    assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, "took " + took);
    assertTrue(origin.refused(missing - 1));
  }

  @Test
  void takesBeingToldToWaitForASignOfLifeForHalfAMinute() {
    for (int second = 0; second < 3_600; second++) {
      ask(BAD, new Outcome.Busy(Duration.ofSeconds(1)));
      pass(Duration.ofSeconds(1));
    }

    assertEquals(30, origin.waits());
  }

  @Test
  void countsWaitsAnewAfterAChunk() {
    ask(BAD, new Outcome.Busy(Duration.ofSeconds(1)));
    pass(Duration.ofHours(1));
    ask(GOOD, new Outcome.Got(1, 1));
    ask(BAD, new Outcome.Busy(Duration.ofSeconds(1)));

    assertEquals(2, origin.waits());
  }

  private void ask(int chunk, Outcome outcome) {
    origin.begin();
    origin.done(chunk, outcome, now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
