package io.codeploy.multiquery.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the knee would have done to runs that were recorded; each trace says how. */
class KneeTraceTest {
  private static final BarrierRule RULE =
      new BarrierRule(
          Optional.empty(), Duration.ZERO, Optional.of(KneeRule.usual()), Stragglers.REPORT);

  private record Arrival(Duration launched, Duration took) {
    static Arrival of(String line) {
      String[] millis = line.split(" ", -1);
      return new Arrival(
          Duration.ofMillis(Long.parseLong(millis[0])),
          Duration.ofMillis(Long.parseLong(millis[1])));
    }

    long nanos() {
      return launched.plus(took).toNanos();
    }
  }

  private static List<Arrival> trace(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(KneeTraceTest.class.getResourceAsStream(name + ".trace"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Arrival::of)
          .toList();
    }
  }

  /** Of those that are missing; none while some of them are not launched yet. */
  private static OptionalLong youngest(Collection<Arrival> missing, long nowNanos) {
    long launch = missing.stream().mapToLong(node -> node.launched().toNanos()).max().orElseThrow();
    return launch > nowNanos ? OptionalLong.empty() : OptionalLong.of(launch);
  }

  private static String replay(List<Arrival> arrivals) {
    Barrier barrier = new Barrier(RULE, arrivals.size(), 0);
    for (int i = 0; i < arrivals.size() - 1; i++) {
      Arrival arrival = arrivals.get(i);
      barrier.arrived(arrival.nanos(), arrival.took().toNanos());
      List<Arrival> missing = arrivals.subList(i + 1, arrivals.size());
      OptionalLong opens = barrier.opensAtNanos(youngest(missing, arrival.nanos()));
      if (opens.isPresent() && opens.getAsLong() < missing.getFirst().nanos()) {
        return missing.size() + " after " + opens.getAsLong() / 1_000_000 + " ms";
      }
    }
    return "none";
  }

  @ParameterizedTest
  @CsvSource({
    "quiet, none",
    "lossy, none",
    "resent, 2 after 6421 ms",
    "stalled, 4 after 4307 ms",
  })
  void findsTheStragglersOfARunAndInNoOther(String name, String stragglers) throws Exception {
    assertEquals(stragglers, replay(trace(name)));
  }
}
