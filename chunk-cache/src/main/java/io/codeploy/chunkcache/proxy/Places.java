package io.codeploy.chunkcache.proxy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests to origins may be under way at a time: so many in all, and a third of them to
 * one origin, lest one that drips hold up the others. Safe for use by many threads.
 */
final class Places {
  /** Each may hold a range in memory. */
  static final int IN_ALL = 18;

  static final int OF_ONE = 6;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();

  /** By origin, those without any left out. Guarded by {@link #lock}. */
  private final Map<String, Integer> taken = new HashMap<>();

  /** Takes a place for {@code origin}; false if none was free within {@code patience}. */
  boolean take(String origin, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (isFull(origin)) {
        if (left <= 0) {
          return false;
        }
        left = freed.awaitNanos(left);
      }
      taken.merge(origin, 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back that was taken for {@code origin}. */
  void giveBack(String origin) {
    lock.lock();
    try {
      taken.computeIfPresent(origin, (any, count) -> count == 1 ? null : count - 1);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull(String origin) {
    return taken.getOrDefault(origin, 0) >= OF_ONE
        || taken.values().stream().mapToInt(Integer::intValue).sum() >= IN_ALL;
  }
}
