package io.codeploy.chunkcache.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many bodies a server sends at once; shared by all routes that send large ones. A request that
 * finds no slot is told to come back, at once or after it has waited for a while. Safe for use by
 * many threads.
 */
public final class UploadSlots {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final int slots;
  private final Semaphore free;
  private final Semaphore places;
  private final Duration patience;
  private final LongSupplier nanoClock;
  private final Optional<Copies> copies;

  /**
   * When a body had gone out whole last, or the first slot was taken after all were free. Written
   * by whoever sends; the newest that was read will do.
   */
  private volatile long sentNanos;

  /**
   * {@code slots}, at least one; whoever finds none is to come back in a second. For a server that
   * is asked by few, and is to be busy all the time.
   */
  public UploadSlots(int slots) {
    this(slots, () -> 0, 0, Duration.ZERO, Optional.empty());
  }

  /**
   * {@code slots}, at least one; a few who find none wait for one, in order, so that one is never
   * free while somebody wants it. All others are to come back in a second.
   *
   * @param places how many may wait, each of which holds a thread of the server
   * @param patience for how long each may
   */
  public UploadSlots(int slots, int places, Duration patience) {
    this(slots, () -> 0, places, patience, Optional.empty());
  }

  /**
   * {@code slots}, at least one; whoever finds none is to come back as {@link #retryAfter} says.
   * For a server that is one of many that have the same: not many get the same from a slow one.
   *
   * @param nanoClock monotonic nanoseconds
   */
  public UploadSlots(int slots, LongSupplier nanoClock) {
    this(slots, nanoClock, 0, Duration.ZERO, Optional.of(new Copies(nanoClock)));
  }

  private UploadSlots(
      int slots, LongSupplier nanoClock, int places, Duration patience, Optional<Copies> copies) {
    if (slots < 1) {
      throw new IllegalArgumentException(slots + " upload slots");
    }
    this.slots = slots;
    this.free = new Semaphore(slots, true);
    this.nanoClock = nanoClock;
    this.places = new Semaphore(places);
    this.patience = patience;
    this.copies = copies;
  }

  /** What bounds how many get the same chunk at once, if anything does. */
  Optional<Copies> copies() {
    return copies;
  }

  /** Whether there is a slot; waits for one where that is allowed. */
  boolean take() throws InterruptedIOException {
    if (idle(free.availablePermits(), slots)) {
      // Before others can find the last one taken.
      sentNanos = nanoClock.getAsLong();
    }
    return acquire(Duration.ZERO) || await();
  }

  /**
   * Whether so few bodies are under way that the time in which none has gone out whole tells
   * nothing: most slots are free. One body may take long by itself.
   */
  public static boolean idle(int free, int slots) {
    return 2 * free > slots;
  }

  private boolean await() throws InterruptedIOException {
    if (!places.tryAcquire()) {
      return false;
    }
    try {
      return acquire(patience);
    } finally {
      places.release();
    }
  }

  /** After those who wait already. */
  private boolean acquire(Duration limit) throws InterruptedIOException {
    try {
      return free.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is being closed");
    }
  }

  /** A body has gone out whole; the slot is still to be given back. */
  void sent() {
    sentNanos = nanoClock.getAsLong();
  }

  void giveBack() {
    free.release();
  }

  /** Tells whoever finds no slot when to come back. */
  void refuse(Exchange exchange) throws IOException {
    refuse(exchange, pause());
  }

  static void refuse(Exchange exchange, Duration pause) throws IOException {
    exchange.setHeader("Retry-After", Long.toString(pause.toSeconds()));
    exchange.respond(503);
  }

  /** For how long whoever finds no slot now is to stay away. */
  Duration pause() {
    return retryAfter(Duration.ofNanos(nanoClock.getAsLong() - sentNanos));
  }

  /**
   * When to come back, in whole seconds, where all slots are taken and nothing has gone out whole
   * {@code since}: the next is expected to take as long again. That is a second where bodies go out
   * one after the other, and tells of a server that hardly gets rid of anything. Slots that become
   * free because askers lost patience, and are taken again at once, tell nothing.
   */
  public static Duration retryAfter(Duration since) {
    return Duration.ofSeconds(Math.clamp(since.toSeconds(), 1, LONGEST.toSeconds()));
  }
}
