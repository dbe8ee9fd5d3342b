package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeadStartTest {
  @Test
  void finds_all_that_it_gets_ready() {
    assertDoesNotThrow(HeadStart::prepare);
  }

  @Test
  void is_waited_for_without_losing_an_interruption() {
    Thread.currentThread().interrupt();
    HeadStart start = HeadStart.begin();

    start.join();

    assertTrue(Thread.interrupted());
    assertTrue(start.over());
  }
}
