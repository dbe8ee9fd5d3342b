package io.codeploy.chunkcache.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * How many bodies a server sends at once; shared by all routes that send large ones. A request that
 * finds no slot is told to come back, it never waits in a queue. Safe for use by many threads.
 */
public final class UploadSlots {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Semaphore free;
  private final LongSupplier nanoClock;

  /** When a slot was taken last. Written by whoever takes one; the newest that was read will do. */
  private volatile long takenNanos;

  /**
   * {@code slots}, at least one; whoever finds none is to come back in a second. For a server that
   * is asked by few, and is to be busy all the time.
   */
  public UploadSlots(int slots) {
    this(slots, () -> 0);
  }

  /**
   * {@code slots}, at least one; whoever finds none is to come back as {@link #retryAfter} says.
   *
   * @param nanoClock monotonic nanoseconds
   */
  public UploadSlots(int slots, LongSupplier nanoClock) {
    if (slots < 1) {
      throw new IllegalArgumentException(slots + " upload slots");
    }
    this.free = new Semaphore(slots);
    this.nanoClock = nanoClock;
  }

  boolean tryTake() {
    boolean taken = free.tryAcquire();
    if (taken) {
      takenNanos = nanoClock.getAsLong();
    }
    return taken;
  }

  void giveBack() {
    free.release();
  }

  /** Tells whoever finds no slot when to come back. */
  void refuse(Exchange exchange) throws IOException {
    Duration since = Duration.ofNanos(nanoClock.getAsLong() - takenNanos);
    exchange.setHeader("Retry-After", Long.toString(retryAfter(since).toSeconds()));
    exchange.respond(503);
  }

  /**
   * When to come back, in whole seconds, where no slot has become free {@code since} the last was
   * taken: the next is expected to take as long again. That is a second where slots come and go,
   * and tells of a server that hardly gets rid of anything.
   */
  public static Duration retryAfter(Duration since) {
    return Duration.ofSeconds(Math.clamp(since.toSeconds(), 1, LONGEST.toSeconds()));
  }
}
