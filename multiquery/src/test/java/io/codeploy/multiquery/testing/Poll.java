package io.codeploy.multiquery.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what no latch can tell. */
public final class Poll {
  /** Far more than anything here takes, also on a machine that is busy. */
  private static final Duration BOUND = Duration.ofSeconds(60);

  private Poll() {}

  /** A look at the world. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns when {@code condition} holds; fails when it does not come to. */
  public static void until(String what, Condition condition) {
    long start = System.nanoTime();
    while (!holds(condition)) {
      if (System.nanoTime() - start > BOUND.toNanos()) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (Exception e) {
      throw new AssertionError("cannot be told", e);
    }
  }
}
