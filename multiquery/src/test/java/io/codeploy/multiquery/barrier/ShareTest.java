package io.codeploy.multiquery.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
  @ParameterizedTest
  @CsvSource({
    "98%, 100, 98",
    "98%, 50, 49",
    "98%, 10, 10",
    "99.9%, 1000, 999",
    "99.99%, 1000, 1000",
    "10%, 3, 1",
    "0.001%, 10000, 1",
    "100%, 7, 7",
    "5, 100, 5",
    "5, 3, 3"
  })
  void isRoundedUpAndNeverMoreThanAll(String text, int nodes, int part) {
    assertEquals(part, Share.parse(text).orElseThrow().of(nodes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "0%", "101%", "-3", "3.5", "%", "98 %", "1e2", "99999999", "10%%"})
  void refusesNonsense(String text) {
    assertEquals(Optional.empty(), Share.parse(text));
  }

  @Test
  void refusesWhatIsNoPart() {
    assertThrows(IllegalArgumentException.class, () -> new Share.Count(0));
    assertThrows(IllegalArgumentException.class, () -> new Share.Percent(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Share.Percent(100.1));
  }
}
