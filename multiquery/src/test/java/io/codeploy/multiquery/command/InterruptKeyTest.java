package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptKeyTest {
  private final ManualTime time = new ManualTime();
  private final InterruptKey key = new InterruptKey(time);
  private final List<String> done = new ArrayList<>();

  private void press() {
    key.pressed(() -> done.add("show"), () -> done.add("stop"));
  }

  @Test
  void showsAtFirstAndStopsTheSecondTimeWithinASecond() {
    press();
    time.advance(Duration.ofSeconds(1));
    press();

    assertEquals(List.of("show", "stop"), done);
  }

  @Test
  void showsAgainWhenTheSecondComesLater() {
    press();
    time.advance(Duration.ofMillis(1001));
    press();
    time.advance(Duration.ofMillis(500));
    press();

    assertEquals(List.of("show", "show", "stop"), done);
  }
}
