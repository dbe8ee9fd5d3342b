package io.codeploy.multiquery.warm.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.Interruptible;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();

  /** Begins a use in another thread. */
  private Interruptible<Long> entering() {
    return Interruptible.start(
        () -> {
          turns.enter();
          return turns.entered();
        });
  }

  @Test
  void nobodyIsAloneWhileSomebodyIsThere() throws Exception {
    turns.enter();
    turns.enter();
    assertFalse(turns.takeAlone());
    turns.leave();
    assertFalse(turns.takeAlone());
    turns.leave();

    assertTrue(turns.takeAlone());
  }

  @Test
  void onlyOneIsAlone() {
    assertTrue(turns.takeAlone());
    assertFalse(turns.takeAlone());

    turns.giveBack();

    assertTrue(turns.takeAlone());
  }

  @Test
  void allWaitForWhoIsAlone() throws Exception {
    assertTrue(turns.takeAlone());
    Interruptible<Long> one = entering();
    Interruptible<Long> other = entering();
    one.awaitStandstill();
    other.awaitStandstill();
    assertTrue(one.isRunning());
    assertTrue(other.isRunning());
    assertEquals(0, turns.entered());

    turns.giveBack();

    one.end();
    other.end();
    assertEquals(2, turns.entered());
    assertFalse(turns.takeAlone());
  }

  @Test
  void whoStopsWaitingHasNotBeenThere() throws Exception {
    assertTrue(turns.takeAlone());
    Interruptible<Long> waiting = entering();
    waiting.awaitStandstill();

    waiting.interrupt();

    var thrown = assertThrows(ExecutionException.class, waiting::end);
    assertInstanceOf(InterruptedException.class, thrown.getCause());
    assertEquals(0, turns.entered());
    turns.giveBack();
    assertTrue(turns.takeAlone());
  }

  @Test
  void countsUsesThatAreOver() throws Exception {
    turns.enter();
    turns.leave();
    turns.enter();

    assertEquals(2, turns.entered());
  }
}
