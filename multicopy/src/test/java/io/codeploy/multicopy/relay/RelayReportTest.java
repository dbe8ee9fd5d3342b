package io.codeploy.multicopy.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayReportTest {
  @Test
  void saysWhatLeftAndWhatArrived() {
    assertEquals(
        "relay: 20.1 MB left this machine for 400.0 MB on 20 nodes",
        new RelayReport(20_123_000, 400_000_000, 20, Map.of()).line());
  }

  @Test
  void saysWhyNodesWereSentToDirectly() {
    assertEquals(
        "relay: 1.0 MB left this machine for 1.0 MB on 1 node;"
            + " 2 sent to directly (no agent there); 1 sent to directly (no space)",
        new RelayReport(1_000_000, 1_000_000, 1, Map.of("no space", 1, "no agent there", 2))
            .line());
  }

  @Test
  void saysNoMoreReasonsThanALineHolds() {
    Map<String, Integer> reasons = new HashMap<>();
    reasons.put("no agent there", 40);
    for (int free = 10; free < 60; free++) {
      reasons.put(free + " MiB free", 1);
    }

    assertEquals(
        "relay: 40 sent to directly (no agent there); 1 sent to directly (10 MiB free);"
            + " 1 sent to directly (11 MiB free); 48 sent to directly for other reasons",
        new RelayReport(0, 0, 0, reasons).line());
  }

  @Test
  void saysThatThereWasNothing() {
    assertEquals("relay: nothing to carry", new RelayReport(0, 0, 0, Map.of()).line());
  }
}
