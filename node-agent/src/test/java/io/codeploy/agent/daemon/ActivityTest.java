package io.codeploy.agent.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Activity activity = new Activity(nanos::get);

  @Test
  void endsWhenIdleForLong() throws InterruptedException {
    nanos.set(Duration.ofHours(2).toNanos());

    activity.awaitEnd(Duration.ofHours(2), () -> true, () -> {});

    Assertions.assertEquals(Duration.ofHours(2), activity.uptime());
  }

  @Test
  void endsWhenToldSo() throws InterruptedException {
    activity.stop();

    activity.awaitEnd(Duration.ofHours(2), () -> true, () -> {});

    Assertions.assertEquals(Duration.ZERO, activity.uptime());
  }

  @Test
  void endsWhenNobodyCouldFindIt() throws InterruptedException {
    activity.awaitEnd(Duration.ofHours(2), () -> false, () -> {});

    Assertions.assertEquals(Duration.ZERO, activity.uptime());
  }

  @Test
  void staysWhileADeploymentRuns() throws InterruptedException {
    activity.begin();
    nanos.set(Duration.ofHours(3).toNanos());
    Thread waiting = Thread.ofVirtual().start(this::await);

    while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    boolean stays = waiting.isAlive();
    activity.stop();
    waiting.join();

    Assertions.assertTrue(stays);
  }

  @Test
  void restsOnceForEachTimeThatItIsIdle() throws InterruptedException {
    List<Duration> rests = new ArrayList<>();
    nanos.set(Duration.ofSeconds(11).toNanos());

    activity.awaitEnd(
        Duration.ofHours(2),
        () -> true,
        () -> {
          rests.add(activity.uptime());
          nanos.addAndGet(Duration.ofHours(2).toNanos());
          activity.stop();
        });

    Assertions.assertEquals(List.of(Duration.ofSeconds(11)), rests);
  }

  @Test
  void doesNotRestWhileADeploymentRuns() throws InterruptedException {
    List<Duration> rests = new ArrayList<>();
    activity.begin();
    nanos.set(Duration.ofHours(3).toNanos());
    activity.stop();

    activity.awaitEnd(Duration.ofHours(2), () -> true, () -> rests.add(activity.uptime()));

    Assertions.assertEquals(List.of(), rests);
  }

  private void await() {
    try {
      activity.awaitEnd(Duration.ofHours(2), () -> false, () -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
