package io.codeploy.agent.daemon;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether anything goes on, and until when the agent stays. Safe for use by many threads. */
final class Activity {
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(10);

  /** Long enough that peers of a deployment that has ended here are mostly done, too. */
  private static final Duration REST_AFTER = Duration.ofSeconds(10);

  private final LongSupplier nanoClock;
  private final long startNanos;
  private final AtomicLong lastNanos;
  private final AtomicInteger busy = new AtomicInteger();
  private final CountDownLatch stopped = new CountDownLatch(1);

  Activity(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = new AtomicLong(startNanos);
  }

  /** Something was asked. */
  void touch() {
    lastNanos.set(nanoClock.getAsLong());
  }

  /** A deployment begins; the agent is not idle until {@link #end}. */
  void begin() {
    busy.incrementAndGet();
  }

  void end() {
    touch();
    busy.decrementAndGet();
  }

  Duration uptime() {
    return Duration.ofNanos(nanoClock.getAsLong() - startNanos);
  }

  /** The agent is to end. */
  void stop() {
    stopped.countDown();
  }

  /**
   * Blocks until told to stop, or idle for {@code idleOut}, or {@code wanted} says no while no
   * deployment runs, which is asked every ten seconds. Runs {@code rest} once for each time that
   * nothing has been asked for about ten seconds.
   */
  void awaitEnd(Duration idleOut, BooleanSupplier wanted, Runnable rest)
      throws InterruptedException {
    long restedSince = startNanos - 1;
    Duration left = idleLeft(idleOut);
    while (left.isPositive() && (wanted.getAsBoolean() || busy.get() > 0)) {
      long last = lastNanos.get();
      if (last != restedSince && !idleLeft(REST_AFTER).isPositive()) {
        restedSince = last;
        rest.run();
      }
      Duration wait = left.compareTo(LOOK_AT_LEAST_EVERY) < 0 ? left : LOOK_AT_LEAST_EVERY;
      if (stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
      left = idleLeft(idleOut);
    }
  }

  private Duration idleLeft(Duration idleOut) {
    return busy.get() > 0
        ? LOOK_AT_LEAST_EVERY
        : idleOut.minusNanos(nanoClock.getAsLong() - lastNanos.get());
  }
}
