package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.shell.Token;
import io.codeploy.multiquery.shell.WaitingShell;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** Starts spares while nobody visits, a few at a time. */
final class Spares {
  private static final int AT_ONCE = 4;

  /** For a server to start a shell. */
  private static final Duration OPENING = Duration.ofSeconds(5);

  /** For that, and until the shell waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Visits visits;
  private final RandomGenerator random;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final AtomicBoolean filling = new AtomicBoolean();

  Spares(Visits visits, RandomGenerator random) {
    this.visits = visits;
    this.random = random;
  }

  /** Has a thread start those that are wanted, unless one does so already. */
  void fill() {
    if (filling.compareAndSet(false, true)) {
      Thread.ofVirtual().name("warm-spares").start(this::fillAll);
    }
  }

  private void fillAll() {
    try {
      for (SparedConnection connection : visits.wantSpares()) {
        places.acquire();
        if (!visits.noneUnderWay()) {
          places.release();
          return;
        }
        Thread.ofVirtual().name("warm-spare").start(() -> start(connection));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      filling.set(false);
    }
  }

  private void start(SparedConnection connection) {
    Thread starting = Thread.ofVirtual().name("warm-spare").start(() -> startOne(connection));
    try {
      if (!starting.join(PATIENCE)) {
        starting.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void startOne(SparedConnection connection) {
    try {
      connection.startSpare(new WaitingShell(Token.next(random)), OPENING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
