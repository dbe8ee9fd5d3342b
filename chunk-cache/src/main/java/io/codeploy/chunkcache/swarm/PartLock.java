package io.codeploy.chunkcache.swarm;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The lock of a {@link Part}, and the signs that threads wait for. There are several, since each
 * chunk changes something and most who wait do not wait for that: to wake them costs more than what
 * they then do.
 */
final class PartLock {
  private final ReentrantLock lock = new ReentrantLock();

  /** There may be a further step, or a chunk has come. */
  final Condition changed = lock.newCondition();

  /** The log has grown. */
  final Condition news = lock.newCondition();

  /** This member wants nothing more, so that there will be no more news. */
  final Condition nothingWanted = lock.newCondition();

  /** A fetch has ended, or its sink is not called for the moment. */
  final Condition fetched = lock.newCondition();

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  <T> T read(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code change} and wakes those who wait for steps and chunks. */
  void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
