package io.codeploy.multicopy.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BrakeTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  private final Clock clock = new Clock();

  /** Sleeping lets its time pass and nothing else does. */
  private static final class Clock implements TimeSource {
    private long nanos = -5;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      nanos += duration.toNanos();
    }

    void pass(Duration duration) {
      nanos += duration.toNanos();
    }

    Duration passed() {
      return Duration.ofNanos(nanos + 5);
    }
  }

  private Brakes brakes(OptionalLong run, OptionalLong node) {
    return new Brakes(new Rates(run, node), clock);
  }

  @Test
  void letsPassWhatTheRateAllows() {
    Brake brake = brakes(NONE, OptionalLong.of(1_000_000)).node();

    for (int i = 0; i < 1000; i++) {
      brake.hold(32_000);
    }

    assertEquals(Duration.ofMillis(31_900), clock.passed());
  }

  @Test
  void holdsUpNothingWithoutARate() {
    brakes(NONE, NONE).node().hold(Long.MAX_VALUE);

    assertEquals(Duration.ZERO, clock.passed());
  }

  @Test
  void sharesTheRateOfTheRunAmongNodes() {
    Brakes brakes = brakes(OptionalLong.of(1_000_000), NONE);
    Brake one = brakes.node();
    Brake other = brakes.node();

    for (int i = 0; i < 50; i++) {
      one.hold(10_000);
      other.hold(10_000);
    }

    assertEquals(Duration.ofMillis(900), clock.passed());
  }

  @Test
  void keepsBothRates() {
    Brakes brakes = brakes(OptionalLong.of(1_000_000), OptionalLong.of(100_000));
    Brake one = brakes.node();

    one.hold(100_000);

    assertEquals(Duration.ofMillis(900), clock.passed());
    brakes.node().hold(10_000);
    assertEquals(Duration.ofMillis(900), clock.passed());
  }

  @Test
  void keepsNoMoreThanATenthOfASecondOfRest() {
    Brake brake = brakes(NONE, OptionalLong.of(1_000_000)).node();
    clock.pass(Duration.ofHours(1));

    brake.hold(1_100_000);

    assertEquals(Duration.ofHours(1).plusSeconds(1), clock.passed());
  }

  @Test
  void returnsAtOnceWhenInterruptedAndSaysSo() {
    Brake brake = brakes(NONE, OptionalLong.of(1)).node();
    Thread.currentThread().interrupt();

    brake.hold(1_000_000);

    assertTrue(Thread.interrupted());
    assertEquals(Duration.ZERO, clock.passed());
  }
}
