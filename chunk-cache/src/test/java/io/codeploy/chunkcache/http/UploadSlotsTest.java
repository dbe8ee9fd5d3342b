package io.codeploy.chunkcache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadSlotsTest {
  private final AtomicLong clock = new AtomicLong();
  private final UploadSlots slots = new UploadSlots(2, clock::get);

  @ParameterizedTest
  @CsvSource({"0, 1", "1900, 1", "2000, 2", "9999, 9", "30000, 30", "3600000, 30"})
  void tellsToComeBackAfterAsLongAsNoSlotHasBecomeFree(long sinceMillis, long seconds) {
    assertEquals(
        Duration.ofSeconds(seconds), UploadSlots.retryAfter(Duration.ofMillis(sinceMillis)));
  }

  @Test
  void tellsHowLongNothingHasGoneOutWhole() {
    slots.tryTake();
    slots.tryTake();
    clock.set(Duration.ofSeconds(6).toNanos());
    slots.giveBack();
    slots.tryTake();
    assertEquals(Duration.ofSeconds(6), slots.pause(), "somebody has lost patience");

    slots.sent();
    clock.set(Duration.ofSeconds(9).toNanos());
    assertEquals(Duration.ofSeconds(3), slots.pause());
  }

  @Test
  void doesNotCountTheTimeWhenNobodyAsked() {
    slots.tryTake();
    slots.sent();
    slots.giveBack();
    clock.set(Duration.ofHours(1).toNanos());
    slots.tryTake();

    assertEquals(Duration.ofSeconds(1), slots.pause());
  }
}
