package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final int CHUNK = 5;
  private static final int SELF = 0;

  private final Refusals refusals = new Refusals(3);

  @Test
  void areCertainOnceAsManyMembersSaySoAsThereAreOwners() {
    refusals.found(SELF, CHUNK, 0);
    refusals.told(1, CHUNK);
    refusals.told(1, CHUNK);
    assertFalse(refusals.certain(CHUNK, 0, 0));

    refusals.told(2, CHUNK);

    assertTrue(refusals.certain(CHUNK, 0, 0));
    assertFalse(refusals.certain(CHUNK + 1, 0, 0));
  }

  @Test
  void areCertainForWhoWasRefusedItselfOnceNothingHasComeForAWhile() {
    refusals.found(SELF, CHUNK, 0);
    refusals.found(SELF, CHUNK, seconds(5));

    assertFalse(refusals.certain(CHUNK, 0, seconds(9)));
    assertTrue(refusals.certain(CHUNK, 0, seconds(10)));
    assertFalse(refusals.certain(CHUNK, seconds(8), seconds(17)));
    assertTrue(refusals.certain(CHUNK, seconds(8), seconds(18)));
  }

  @Test
  void areNeverCertainByTooFewOthers() {
    refusals.told(1, CHUNK);
    refusals.told(2, CHUNK);

    assertFalse(refusals.certain(CHUNK, 0, seconds(3600)));
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
