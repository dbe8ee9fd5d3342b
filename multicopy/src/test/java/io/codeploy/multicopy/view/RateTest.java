package io.codeploy.multicopy.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateTest {
  private final Rate rate = new Rate();

  private OptionalLong at(long seconds, long bytes) {
    return rate.at(Duration.ofSeconds(seconds).toNanos(), bytes);
  }

  @Test
  void isUnknownAtFirstAndThenThatOfTheTimeSince() {
    assertEquals(OptionalLong.empty(), at(5, 1000));
    assertEquals(OptionalLong.of(200), at(10, 2000));
  }

  @Test
  void forgetsWhatWasLongAgo() {
    for (int second = 0; second <= 100; second++) {
      at(second, 1000L * second);
    }

    assertEquals(OptionalLong.of(900), at(101, 100_000));
    for (int second = 102; second < 111; second++) {
      at(second, 100_000);
    }
    assertEquals(OptionalLong.of(0), at(111, 100_000));
  }
}
