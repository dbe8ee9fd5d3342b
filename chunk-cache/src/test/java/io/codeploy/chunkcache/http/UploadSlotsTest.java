package io.codeploy.chunkcache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadSlotsTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "1900, 1", "2000, 2", "9999, 9", "30000, 30", "3600000, 30"})
  void tellsToComeBackAfterAsLongAsNoSlotHasBecomeFree(long sinceMillis, long seconds) {
    assertEquals(
        Duration.ofSeconds(seconds), UploadSlots.retryAfter(Duration.ofMillis(sinceMillis)));
  }
}
