package io.codeploy.agent.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class PrefixTest {
  private final Prefix prefix = new Prefix(List.of(10, 20, 5));

  @Test
  void reachesToTheFirstGap() throws Exception {
    prefix.came(0);
    assertEquals(10, prefix.beyond(0));
    assertEquals(10, prefix.beyond(9));

    prefix.came(2);
    assertEquals(10, prefix.beyond(3));

    prefix.came(1);
    assertEquals(35, prefix.beyond(10));
  }

  @Test
  void endsWithTheLastPiece() throws Exception {
    prefix.came(2);
    prefix.came(1);
    prefix.came(0);

    assertEquals(35, prefix.beyond(35));
  }

  @Test
  void isReadAsFarAsItHasComeBeforeTheRestComes() throws Exception {
    BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                seen.add(prefix.beyond(0));
                seen.add(prefix.beyond(10));
              } catch (InterruptedIOException e) {
                seen.add(-1L);
              }
            });

    prefix.came(0);
    assertEquals(10, seen.take());

    prefix.came(1);
    assertEquals(30, seen.take());
  }

  @Test
  void waitsNoLongerThanItsThreadIsLet() {
    Thread.currentThread().interrupt();

    assertThrows(InterruptedIOException.class, () -> prefix.beyond(0));

    assertTrue(Thread.interrupted());
  }

  @Test
  void beginsEachPieceWhereTheOneBeforeItEnds() {
    assertEquals(List.of(0L, 10L, 30L), List.of(prefix.start(0), prefix.start(1), prefix.start(2)));
  }
}
