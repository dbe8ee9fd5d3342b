package io.codeploy.chunkcache.swarm.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotPauseTest {
  private static final Duration ASKED = Duration.ofSeconds(1);

  @Test
  void isShortWhereChunksComeQuickly() {
    assertEquals(20e6, (double) afterMany(Duration.ofMillis(80)).after(0, ASKED).toNanos(), 1e3);
    assertEquals(Duration.ofMillis(10), new SlotPause().after(0, ASKED));
    assertEquals(Duration.ofMillis(10), afterMany(Duration.ofMillis(1)).after(0, ASKED));
  }

  @Test
  void isThreeTenthsOfASecondWhereTheyTakeLong() {
    assertEquals(Duration.ofMillis(300), afterMany(Duration.ofSeconds(20)).after(0, ASKED));
  }

  @Test
  void doublesWithEveryRefusalUpToWhatIsAskedFor() {
    SlotPause pause = afterMany(Duration.ofSeconds(2));

    assertEquals(Duration.ofMillis(600), pause.after(1, ASKED));
    assertEquals(ASKED, pause.after(2, ASKED));
    assertEquals(Duration.ofSeconds(19), pause.after(1000, Duration.ofSeconds(19)));
  }

  private static SlotPause afterMany(Duration each) {
    SlotPause pause = new SlotPause();
    IntStream.range(0, 1000).forEach(any -> pause.took(each.toNanos()));
    return pause;
  }
}
