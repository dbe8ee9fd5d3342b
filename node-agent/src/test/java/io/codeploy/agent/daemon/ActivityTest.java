package io.codeploy.agent.daemon;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Activity activity = new Activity(nanos::get);

  @Test
  void endsWhenIdleForLong() throws InterruptedException {
    nanos.set(Duration.ofHours(2).toNanos());

    activity.awaitEnd(Duration.ofHours(2));

    Assertions.assertEquals(Duration.ofHours(2), activity.uptime());
  }

  @Test
  void endsWhenToldSo() throws InterruptedException {
    activity.stop();

    activity.awaitEnd(Duration.ofHours(2));

    Assertions.assertEquals(Duration.ZERO, activity.uptime());
  }

  @Test
  void staysWhileADeploymentRuns() throws InterruptedException {
    activity.begin();
    nanos.set(Duration.ofHours(3).toNanos());
    Thread waiting = Thread.ofVirtual().start(this::await);

    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    boolean stays = waiting.isAlive();
    activity.stop();
    waiting.join();

    Assertions.assertTrue(stays);
  }

  private void await() {
    try {
      activity.awaitEnd(Duration.ofHours(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
