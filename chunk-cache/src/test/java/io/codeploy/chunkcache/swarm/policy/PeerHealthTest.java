package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerHealthTest {
  private static final long ONCE = Duration.ofSeconds(90).toNanos();

  private final PeerHealth health = new PeerHealth();

  @Test
  void suspicionDoesNotGrowWithAllThatDoesNotComeMeanwhile() {
    health.suspect(0);
    health.suspect(0);
    health.suspect(1);
    health.suspect(ONCE - 1);

    assertFalse(health.usable(ONCE - 1));
    assertTrue(health.usable(ONCE));
  }

  @Test
  void suspicionLastsTwiceAsLongTheNextTime() {
    health.suspect(0);
    health.suspect(ONCE);

    assertFalse(health.usable(3 * ONCE - 1));
    assertTrue(health.usable(3 * ONCE));
  }

  @Test
  void suspicionEndsAndBeginsAnewAfterSomethingCameInTime() {
    health.suspect(0);
    health.inTime();
    assertTrue(health.usable(1));
    health.suspect(1);

    assertFalse(health.usable(ONCE));
    assertTrue(health.usable(ONCE + 1));
  }

  @Test
  void whoeverIsSuspectedIsHeardAndAskedAtLast() {
    health.suspect(0);

    assertTrue(health.heard(1));
    assertFalse(health.askable(1));
    assertTrue(health.askableAtLast(1));
    health.busy(2, 3);
    assertFalse(health.askableAtLast(2));
    health.exclude();
    assertFalse(health.heard(3));
    assertFalse(health.askableAtLast(3));
  }

  @Test
  void whoeverSendsAwayAllTheTimeOnlyRefuses() {
    long second = Duration.ofSeconds(1).toNanos();
    for (long refusal = 0; refusal < 31; refusal++) {
      health.busy(refusal * second, 0);
    }
    assertFalse(health.onlyRefuses(31 * second), "seldom");

    health.busy(31 * second, 0);
    assertTrue(health.onlyRefuses(31 * second));

    health.served();
    for (long refusal = 0; refusal < 32; refusal++) {
      health.busy(40 * second + refusal, 0);
    }
    assertFalse(health.onlyRefuses(50 * second - 1), "not for long");
    assertTrue(health.onlyRefuses(50 * second));
  }
}
