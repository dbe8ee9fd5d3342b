package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeadStartTest {
  @Test
  void findsAllThatItGetsReady() {
    assertDoesNotThrow(HeadStart::prepare);
  }

  @Test
  void isWaitedForWithoutLosingAnInterruption() {
    Thread.currentThread().interrupt();
    HeadStart start = HeadStart.begin();

    start.join();

    assertTrue(Thread.interrupted());
    assertTrue(start.over());
  }
}
