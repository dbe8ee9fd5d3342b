package io.codeploy.multiquery.warm.keeper;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Who uses a connection: many at once, or one that must be alone. */
final class Turns {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int uses;
  private long entered;
  private boolean taken;

  /** A use begins, once nobody is alone. */
  void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (taken) {
        changed.await();
      }
      uses++;
      entered++;
    } finally {
      lock.unlock();
    }
  }

  /** How many uses have begun so far. */
  long entered() {
    lock.lock();
    try {
      return entered;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      uses--;
    } finally {
      lock.unlock();
    }
  }

  /** Begins to be alone; false if somebody is there. */
  boolean takeAlone() {
    lock.lock();
    try {
      boolean free = !taken && uses == 0;
      taken |= free;
      return free;
    } finally {
      lock.unlock();
    }
  }

  /** Ends to be alone. */
  void giveBack() {
    lock.lock();
    try {
      taken = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
