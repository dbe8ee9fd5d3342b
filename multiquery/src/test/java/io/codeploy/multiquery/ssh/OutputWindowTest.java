package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputWindowTest {
  @ParameterizedTest(name = "{1} bytes for each of {0}")
  @CsvSource({
    "1, 2097152",
    "16, 2097152",
    "17, 1973790",
    "64, 524288",
    "256, 131072",
    "9999, 131072"
  })
  void isTheLessTheMoreShareIt(int sharing, long bytes) {
    assertEquals(bytes, OutputWindow.bytes(sharing));
  }

  /** As when all that were there when a channel was opened are still there. */
  @Test
  void lets300NodesHaveLessThan128MebibytesUnderWay() {
    assertTrue(IntStream.rangeClosed(1, 300).mapToLong(OutputWindow::bytes).sum() < 128 << 20);
  }
}
