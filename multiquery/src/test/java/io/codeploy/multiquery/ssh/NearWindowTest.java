package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NearWindowTest {
  @Test
  void leavesANearNodeTheLeast() {
    assertEquals(NearWindow.LEAST_BYTES, NearWindow.bytes(Duration.ZERO));
    assertEquals(NearWindow.LEAST_BYTES, NearWindow.bytes(Duration.ofMillis(1)));
  }

  @Test
  void fillsAGigabitToANodeThatIsFar() {
    assertEquals(1_250_000, NearWindow.bytes(Duration.ofMillis(10)));
    assertEquals(12_500_000, NearWindow.bytes(Duration.ofMillis(100)));
  }
}
