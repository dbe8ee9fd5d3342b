package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A thread that closes what has been at rest for too long. */
final class Sweeper implements AutoCloseable {
  /** Also the time for which a connection that was lost may hold its file descriptor. */
  private static final Duration ROUND = Duration.ofSeconds(10);

  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Thread thread;

  private Sweeper(Thread thread) {
    this.thread = thread;
  }

  static Sweeper start(Pool pool, TimeSource time) {
    return new Sweeper(Thread.ofVirtual().name("warm-sweep").start(() -> sweep(pool, time)));
  }

  private static void sweep(Pool pool, TimeSource time) {
    Semaphore never = new Semaphore(0);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration next = pool.sweep().orElse(ROUND);
        Duration pause = next.compareTo(ROUND) < 0 ? next : ROUND;
        time.await(never, pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
