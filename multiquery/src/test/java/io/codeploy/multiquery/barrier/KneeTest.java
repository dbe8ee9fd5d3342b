package io.codeploy.multiquery.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KneeTest {
  private static final Duration NO_GAP = Duration.ofNanos(1);

  private static Knee after(KneeRule rule, long... samples) {
    Knee knee = new Knee(rule);
    LongStream.of(samples).forEach(knee::arrived);
    return knee;
  }

  @Test
  void isTheMeanPlusFourDeviationsBothWithAMemory() {
    KneeRule rule = new KneeRule(0.70, 4, 1, NO_GAP);

    assertEquals(OptionalLong.of(1000 + 4 * 500), after(rule, 1000).thresholdNanos());
    // deviation 0.7 * 500 + 0.3 * 1000 = 650, mean 0.7 * 1000 + 0.3 * 2000 = 1300
    assertEquals(OptionalLong.of(1300 + 4 * 650), after(rule, 1000, 2000).thresholdNanos());
    // deviation 0.7 * 650 + 0.3 * 700 = 665, mean 0.7 * 1300 + 0.3 * 2000 = 1510
    assertEquals(OptionalLong.of(1510 + 4 * 665), after(rule, 1000, 2000, 2000).thresholdNanos());
  }

  @Test
  void knowsNothingBeforeTheLeastNumberOfSamples() {
    KneeRule rule = new KneeRule(0.70, 4, 3, NO_GAP);

    assertEquals(OptionalLong.empty(), after(rule).thresholdNanos());
    assertEquals(OptionalLong.empty(), after(rule, 1, 1).thresholdNanos());
    assertTrue(after(rule, 1, 1, 1).thresholdNanos().isPresent());
  }

  @Test
  void keepsADistanceFromTheSlowestArrival() {
    KneeRule rule = new KneeRule(0.70, 4, 1, Duration.ofMillis(500));
    long[] alike = LongStream.generate(() -> 20_000_000).limit(100).toArray();

    assertEquals(OptionalLong.of(520_000_000), after(rule, alike).thresholdNanos());
  }

  @Test
  void aShortMemoryFollowsArrivalsThatGrow() {
    long[] growing = LongStream.rangeClosed(1, 1000).map(i -> i * 10_000_000).toArray();

    long threshold = after(KneeRule.usual(), growing).thresholdNanos().orElseThrow();

    assertTrue(threshold > growing[999], "the last one is no straggler");
    assertTrue(threshold < growing[999] + 1_000_000_000, "nor would one be a second later");
  }
}
