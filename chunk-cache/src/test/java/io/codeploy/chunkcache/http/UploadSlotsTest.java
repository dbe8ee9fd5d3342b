package io.codeploy.chunkcache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadSlotsTest {
  private final AtomicLong clock = new AtomicLong();
  private final UploadSlots slots = new UploadSlots(2, clock::get);

  @Test
  void letsAFewWaitForASlotAndSendsAwayTheOthers() throws Exception {
    UploadSlots one = new UploadSlots(1, 1, Duration.ofHours(1));
    assertTrue(one.take());
    List<FutureTask<Boolean>> two =
        List.of(new FutureTask<>(one::take), new FutureTask<>(one::take));
    two.forEach(task -> Thread.ofVirtual().name("asker").start(task));
    while (two.stream().noneMatch(FutureTask::isDone)) {
      Thread.onSpinWait();
    }
    FutureTask<Boolean> refused = two.stream().filter(FutureTask::isDone).findFirst().orElseThrow();
    FutureTask<Boolean> waiting = two.get(refused == two.get(0) ? 1 : 0);

    assertFalse(refused.get());
    assertFalse(waiting.isDone());
    one.giveBack();

    assertTrue(waiting.get());
  }

  @Test
  void letsNobodyWaitForLongerThanItsPatience() throws Exception {
    UploadSlots one = new UploadSlots(1, 1, Duration.ofMillis(1));

    assertTrue(one.take());

    assertFalse(one.take());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1900, 1", "2000, 2", "9999, 9", "30000, 30", "3600000, 30"})
  void tellsToComeBackAfterAsLongAsNothingHasGoneOutWhole(long sinceMillis, long seconds) {
    assertEquals(
        Duration.ofSeconds(seconds), UploadSlots.retryAfter(Duration.ofMillis(sinceMillis)));
  }

  @Test
  void tellsHowLongNothingHasGoneOutWhole() throws Exception {
    slots.take();
    slots.take();
    clock.set(Duration.ofSeconds(6).toNanos());
    slots.giveBack();
    slots.take();
    assertEquals(Duration.ofSeconds(6), slots.pause(), "somebody has lost patience");

    slots.sent();
    clock.set(Duration.ofSeconds(9).toNanos());
    assertEquals(Duration.ofSeconds(3), slots.pause());
  }

  @Test
  void doesNotCountTheTimeOfOneBodyThatTakesLong() throws Exception {
    UploadSlots four = new UploadSlots(4, clock::get);
    four.take();
    clock.set(Duration.ofMinutes(1).toNanos());
    four.take();
    four.take();
    four.take();

    assertEquals(Duration.ofSeconds(1), four.pause());
  }

  @Test
  void doesNotCountTheTimeWhenNobodyAsked() throws Exception {
    slots.take();
    slots.sent();
    slots.giveBack();
    clock.set(Duration.ofHours(1).toNanos());
    slots.take();

    assertEquals(Duration.ofSeconds(1), slots.pause());
  }
}
