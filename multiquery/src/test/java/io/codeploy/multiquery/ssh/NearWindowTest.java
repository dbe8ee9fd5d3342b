package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NearWindowTest {
  @Test
  void leavesANearNodeTheLeast() {
    assertEquals(NearWindow.LEAST_BYTES, NearWindow.bytes(Duration.ZERO, 1));
    assertEquals(NearWindow.LEAST_BYTES, NearWindow.bytes(Duration.ofMillis(2), 1));
  }

  @Test
  void fillsAGigabitByACopyToANodeThatIsFar() {
    assertEquals(1_250_000, NearWindow.bytes(Duration.ofMillis(10), 2));
    assertEquals(12_500_000, NearWindow.bytes(Duration.ofMillis(100), 2));
  }

  @Test
  void dividesALinkByThoseWhoShareIt() {
    assertEquals(625_000, NearWindow.bytes(Duration.ofMillis(100), 40));
    assertEquals(NearWindow.LEAST_BYTES, NearWindow.bytes(Duration.ofMillis(20), 40));
  }
}
