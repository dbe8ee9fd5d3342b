package io.codeploy.multiquery.fanout;

import io.codeploy.multiquery.barrier.Window;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Lets so many pass at once; without a window, all. First come, first served. */
final class Gate {
  private final Optional<Window> window;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition left = lock.newCondition();
  private int inside;

  Gate(Optional<Window> window, TimeSource time) {
    this.window = window;
    this.time = time;
  }

  /** Blocks until there is room. */
  Pass enter() throws InterruptedException {
    long start = time.nanoTime();
    lock.lockInterruptibly();
    try {
      while (window.isPresent() && inside >= window.get().size()) {
        left.await();
      }
      inside++;
    } finally {
      lock.unlock();
    }
    return new Pass(time.since(start), this::leave);
  }

  private void leave() {
    change(() -> inside--);
  }

  /** Changes how many may be inside; those that are stay. */
  void steer(Consumer<Window> change) {
    change(() -> window.ifPresent(change));
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
