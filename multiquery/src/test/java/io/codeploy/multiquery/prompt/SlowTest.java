package io.codeploy.multiquery.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.node.NodeFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SlowTest {
  private static List<NodeResult> tookMillis(long... millis) {
    return IntStream.range(0, millis.length)
        .mapToObj(i -> Ran.ended("n" + i, 0, millis[i]))
        .toList();
  }

  private static List<String> slow(List<NodeResult> results) {
    return Slow.of(results).stream().map(result -> result.node().name()).toList();
  }

  @Test
  void nobodyIsSlowWhereNobodyAnswered() {
    assertEquals(List.of(), slow(List.of()));
    assertEquals(List.of(), slow(List.of(Ran.failed("n1", new NodeFailure.Unreachable("no")))));
  }

  @Test
  void oneAloneIsNotSlow() {
    assertEquals(List.of(), slow(tookMillis(60_000)));
  }

  @Test
  void milliSecondsMakeNobodySlow() {
    assertEquals(List.of(), slow(tookMillis(5, 6, 5, 300, 450)));
  }

  @Test
  void whoTakesTwiceTheMedianIsSlow() {
    assertEquals(List.of("n1"), slow(tookMillis(1000, 2201, 1100)));
    assertEquals(List.of(), slow(tookMillis(1000, 2000, 1000)));
    assertEquals(List.of("n0"), slow(tookMillis(5000, 1000)));
  }

  @Test
  void whoIsPastTheKneeIsSlowBeforeTwiceTheMedian() {
    long[] close = LongStream.rangeClosed(0, 40).map(i -> 10_000 + i).toArray();
    List<NodeResult> results = new ArrayList<>(tookMillis(close));
    results.add(Ran.ended("late", 0, 14_000));

    assertEquals(List.of("late"), slow(results));
  }

  @Test
  void whoFailedSlowlyIsSlowAndWhoWasCutIsToo() {
    List<NodeResult> results =
        List.of(
            Ran.ended("n1", 0, 1000),
            Ran.ended("n2", 3, 9000),
            Ran.ended("n3", 0, 1000),
            Ran.failed("n4", new NodeFailure.Straggler(Duration.ofSeconds(3))),
            Ran.failed("n5", new NodeFailure.TimedOut("command", Duration.ofSeconds(3))),
            Ran.notRun("n6"));

    assertEquals(List.of("n2", "n4"), slow(results));
  }
}
