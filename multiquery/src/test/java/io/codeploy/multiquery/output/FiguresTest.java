package io.codeploy.multiquery.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "83100000, 83.1 MB",
    "9223372036854775807, 9.2 EB"
  })
  void writesBytesWithOneDecimal(long bytes, String text) {
    assertEquals(text, Figures.bytes(bytes));
  }

  @Test
  void countsOneThingInTheSingular() {
    assertEquals("1 node", Figures.count(1, "node"));
    assertEquals("0 nodes", Figures.count(0, "node"));
    assertEquals("12,345 nodes", Figures.count(12_345, "node"));
  }

  @Test
  void writesSecondsWithOneDecimal() {
    assertEquals("9.8 s", Figures.seconds(Duration.ofMillis(9_800)));
  }
}
