package io.codeploy.chunkcache.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** In virtual time: who is held up makes it go on. */
class ThrottleTest {
  private final AtomicLong clock = new AtomicLong(1_000_000_000);
  private final Throttle throttle = new Throttle(1_000, clock::get, clock::addAndGet);
  private final long begun = clock.get();

  @Test
  void letsByAsMuchAsItsRate() {
    for (int i = 0; i < 50; i++) {
      throttle.hold(100);
    }

    // A tenth of a second was not used before.
    assertEquals(Duration.ofMillis(4_900), passed());
  }

  @Test
  void keepsLittleOfTheTimeThatWasNotUsed() {
    clock.addAndGet(Duration.ofHours(1).toNanos());
    long rested = clock.get();

    throttle.hold(1_100);

    assertEquals(Duration.ofSeconds(1), Duration.ofNanos(clock.get() - rested));
  }

  @Test
  void holdsNobodyUpWithoutARate() {
    Throttle.at(Long.MAX_VALUE, clock::get).hold(Long.MAX_VALUE);

    assertEquals(Duration.ZERO, passed());
  }

  @Test
  void waitsNoLongerOnceInterrupted() {
    Thread.currentThread().interrupt();

    throttle.hold(1_000_000);

    assertTrue(Thread.interrupted(), "the flag is kept");
    assertEquals(Duration.ZERO, passed());
  }

  @Test
  void writesPieceByPieceSoThatAReceiverSeesThatItMoves() throws IOException {
    Throttle slow = new Throttle(100_000, clock::get, clock::addAndGet);
    List<Duration> pieces = new ArrayList<>();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int value) {
            written.write(value);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            pieces.add(passed());
            written.write(bytes, offset, length);
          }
        };
    byte[] content = new byte[50_000];
    content[49_999] = 1;
    ByteBuffer body = ByteBuffer.wrap(content);

    slow.write(body, out);

    assertArrayEquals(content, written.toByteArray());
    assertEquals(0, body.remaining());
    assertEquals(10, pieces.size());
    assertEquals(Duration.ofMillis(400), pieces.getLast());
  }

  @Test
  void refusesARateOfNothing() {
    assertThrows(
        IllegalArgumentException.class, () -> new Throttle(0, clock::get, clock::addAndGet));
  }

  private Duration passed() {
    return Duration.ofNanos(clock.get() - begun);
  }
}
