package io.codeploy.chunkcache.http;

import java.util.concurrent.Semaphore;

/**
 * How many bodies a server sends at once; shared by all routes that send large ones. A request that
 * finds no slot is told to come back, it never waits in a queue.
 */
public final class UploadSlots {
  private final Semaphore free;

  /** {@code slots}, at least one. */
  public UploadSlots(int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException(slots + " upload slots");
    }
    this.free = new Semaphore(slots);
  }

  boolean tryTake() {
    return free.tryAcquire();
  }

  void giveBack() {
    free.release();
  }
}
