package io.codeploy.multiquery.warm.keeper;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifetimeTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTime time = new ManualTime();
  private final Lifetime lifetime = new Lifetime(time.nanoTime());

  private boolean overAfter(Duration duration) {
    time.advance(duration);
    return lifetime.over(time.nanoTime());
  }

  private void visit(Duration keep) {
    lifetime.visitBegins(keep);
    lifetime.visitEnds(time.nanoTime());
  }

  @Test
  void waitsAWhileForTheClientThatStartedIt() {
    assertFalse(overAfter(Duration.ofSeconds(29)));
    assertTrue(overAfter(Duration.ofSeconds(1)));
  }

  @Test
  void isNotOverDuringAVisitHoweverLongItLasts() {
    lifetime.visitBegins(MINUTE);
    assertFalse(overAfter(Duration.ofDays(7)));

    lifetime.visitEnds(time.nanoTime());
    assertFalse(overAfter(MINUTE.minusNanos(1)));
    assertTrue(overAfter(Duration.ofNanos(1)));
  }

  @Test
  void countsTheLongestTimeThatAClientAskedFor() {
    visit(MINUTE.multipliedBy(10));
    visit(MINUTE);

    assertFalse(overAfter(MINUTE.multipliedBy(9)));
    assertTrue(overAfter(MINUTE));
  }

  @Test
  void startsTheTimeAnewWithEachVisit() {
    visit(MINUTE);
    time.advance(MINUTE.minusNanos(1));
    visit(MINUTE);

    assertFalse(overAfter(MINUTE.minusNanos(1)));
  }

  @Test
  void leavesWhenTheLastVisitIsOver() {
    lifetime.visitBegins(MINUTE);
    lifetime.leave();
    assertFalse(lifetime.over(time.nanoTime()));

    lifetime.visitEnds(time.nanoTime());
    assertTrue(lifetime.over(time.nanoTime()));
  }
}
