package io.codeploy.chunkcache.ignore;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WildcardsTest {
  @Test
  void lookAtNothingMoreOftenThanThereAreSteps() {
    List<Integer> dashes = Collections.nCopies(1000, (int) '-');
    AtomicInteger looks = new AtomicInteger();
    Wildcards.Builder<Integer> builder = new Wildcards.Builder<>();
    int steps = 0;
    for (char step : "*--x*--x*--*".toCharArray()) {
      if (step == '*') {
        builder.any();
      } else {
        steps++;
        builder.one(element -> looks.incrementAndGet() > 0 && element == step);
      }
    }

    assertFalse(builder.build().matches(dashes));
    assertTrue(looks.get() <= steps * dashes.size(), looks + " looks");
  }

  @Test
  void takeNoElementTwice() {
    Wildcards.Builder<String> builder = new Wildcards.Builder<>();
    builder.one("a"::equals);
    builder.any();
    builder.one("a"::equals);
    Wildcards<String> wildcards = builder.build();

    assertFalse(wildcards.matches(List.of("a")));
    assertTrue(wildcards.matches(List.of("a", "a")));
    assertFalse(wildcards.matches(List.of()));
  }
}
