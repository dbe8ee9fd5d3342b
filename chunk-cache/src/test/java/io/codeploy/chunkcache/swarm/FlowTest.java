package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How flows share links, by when they end. */
class FlowTest {
  private static final Duration LIMIT = Duration.ofHours(1);

  private final SimulatedTime time = new SimulatedTime();
  private final List<String> ends = new ArrayList<>();

  private Flow start(String name, long bytes, Link... path) {
    return Flow.start(time, List.of(path), bytes, () -> ends.add(name + " " + time.now()));
  }

  @Test
  void goesAtTheRateOfTheNarrowestLink() {
    start("a", 1000, new Link(5), new Link(2), new Link(4));
    time.run(LIMIT);

    assertEquals(List.of("a 500"), ends);
  }

  @Test
  void sharesALinkInEqualPartsAndTakesWhatOthersLeave() {
    Link shared = new Link(10);
    start("a", 1000, shared);
    start("b", 500, shared);
    time.run(LIMIT);

    assertEquals(List.of("b 100", "a 150"), ends);
  }

  @Test
  void givesOthersWhatItCannotUse() {
    Link shared = new Link(10);
    start("slow", 100, shared, new Link(1));
    start("fast", 900, shared);
    time.run(LIMIT);

    assertEquals(List.of("slow 100", "fast 100"), ends);
    assertEquals(1000, shared.carried(), 1e-6);
  }

  @Test
  void leavesTheRestOfALinkWhenItIsEnded() {
    Link shared = new Link(10);
    Flow dead = start("dead", 1000, shared);
    start("alive", 1000, shared);
    time.after(100, dead::end);
    time.run(LIMIT);

    assertEquals(List.of("dead 100", "alive 150"), ends);
    assertEquals(1500, shared.carried(), 1e-6);
  }

  @Test
  void neverCarriesMoreThanTheCapacity() {
    SplittableRandom random = new SplittableRandom(1);
    List<Link> links = IntStream.range(1, 21).mapToObj(i -> new Link(i)).toList();
    for (int i = 0; i < 500; i++) {
      Link from = links.get(random.nextInt(20));
      Link to = links.get(random.nextInt(20));
      long bytes = 1L + random.nextInt(10_000);
      if (from != to) {
        time.after(random.nextInt(100_000), () -> start("", bytes, from, to));
      }
    }
    time.run(Duration.ofNanos(50_000));
    for (int i = 0; i < links.size(); i++) {
      double most = (i + 1) * (double) time.now();
      assertTrue(links.get(i).carried() <= most * 1.000001, i + ": " + links.get(i).carried());
    }
    time.run(LIMIT);
    assertTrue(links.stream().allMatch(link -> link.flows() == 0));
  }
}
