package io.codeploy.chunkcache.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.chunkcache.chunk.CuttingRules.Fate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CuttingRulesTest {
  @ParameterizedTest
  @CsvSource({
    "0, EMPTY",
    "1, PACKED",
    "131071, PACKED",
    "131072, WHOLE",
    "2097151, WHOLE",
    "2097152, CUT",
    "9223372036854775807, CUT"
  })
  void decidesBySize(long size, Fate fate) {
    assertEquals(fate, CuttingRules.fate(size));
  }

  @Test
  void refusesANegativeSize() {
    assertThrows(IllegalArgumentException.class, () -> CuttingRules.fate(-1));
  }
}
