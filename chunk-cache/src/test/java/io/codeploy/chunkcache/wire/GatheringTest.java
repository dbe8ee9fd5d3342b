package io.codeploy.chunkcache.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private static final int PLENTY = 1 << 20;

  private final Gathering gathering = new Gathering();

  @Test
  void waitsAMomentBeforeItKnowsHowFastBytesCome() {
    gathering.begin(0);

    assertEquals(2 * MILLI, gathering.pauseNanos(1000, PLENTY, 10));
  }

  @Test
  void waitsUntilSixtyFourKibibytesShouldHaveCome() {
    gathering.begin(0);

    assertEquals(32 * MILLI, gathering.pauseNanos(4 << 10, PLENTY, 2 * MILLI));
  }

  @Test
  void waitsNoLongerThanForWhatIsMissing() {
    gathering.begin(0);

    assertEquals(4 * MILLI, gathering.pauseNanos(4 << 10, 8 << 10, 2 * MILLI));
  }

  @Test
  void waitsEightyMillisecondsAtMost() {
    gathering.begin(0);

    assertEquals(80 * MILLI, gathering.pauseNanos(10, PLENTY, 10 * MILLI));
  }

  @Test
  void doesNotWaitWhereBytesComeFast() {
    gathering.begin(0);

    assertEquals(0, gathering.pauseNanos(1 << 20, PLENTY, MILLI));
  }

  @Test
  void remembersHowFastTheLastAnswerCame() {
    gathering.begin(0);
    gathering.pauseNanos(4 << 10, PLENTY, 2 * MILLI);

    gathering.begin(Duration.ofHours(1).toNanos());

    assertEquals(32 * MILLI, gathering.pauseNanos(1, PLENTY, Duration.ofHours(1).toNanos() + 10));
  }

  /** Its readings are as many as the bytes need, however the bytes are cut on the way. */
  @Test
  void readsFewTimesWhatComesInManyPieces() {
    long bytesPerMilli = 1500;
    int left = 512 << 10;
    int reads = 0;
    long now = 0;
    long taken = 0;
    gathering.begin(0);
    while (left > 0) {
      long come = now / MILLI * bytesPerMilli;
      int count = (int) Math.min(left, come - taken);
      taken += count;
      left -= count;
      reads++;
      now += Math.max(MILLI, gathering.pauseNanos(count, left, now));
    }

    assertTrue(reads < 20, reads + " reads");
    assertTrue(now < 500 * MILLI, now + " ns");
  }
}
