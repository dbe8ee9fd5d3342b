package io.codeploy.multicopy.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.progress.StallWatch.Limit;
import io.codeploy.multicopy.progress.StallWatch.Limits;
import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The watch in virtual time: what happens to a copy happens while the watch sleeps. */
class StallWatchTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Limits STILL = new Limits(LIMIT, Duration.ZERO);

  private final Progress progress = new Progress();

  /** Time that passes when somebody sleeps. */
  private record Time(AtomicLong nanos, Consumer<Duration> whileAsleep) implements TimeSource {
    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void sleep(Duration duration) {
      nanos.addAndGet(duration.toNanos());
      whileAsleep.accept(Duration.ofNanos(nanos.get()));
    }
  }

  private record End(Optional<Limit> limit, Duration at) {}

  private End watch(Limits limits, Consumer<Duration> whileAsleep) throws InterruptedException {
    Time time = new Time(new AtomicLong(), whileAsleep);
    CountDownLatch over = new CountDownLatch(1);
    try (StallWatch watch = new StallWatch("n1", progress, limits, time, over::countDown)) {
      over.await();
      return new End(watch.reached(), Duration.ofNanos(time.nanoTime()));
    }
  }

  private static void assertStalledAt(Duration lastSign, End end) {
    assertEquals(Optional.of(Limit.PROGRESS), end.limit());
    Duration still = end.at().minus(lastSign);
    assertTrue(still.compareTo(LIMIT) >= 0, "not too early: " + still);
    assertTrue(still.compareTo(LIMIT.multipliedBy(3).dividedBy(2)) <= 0, "and soon: " + still);
  }

  @Test
  void endsACopyThatStandsStill() throws InterruptedException {
    assertStalledAt(Duration.ZERO, watch(STILL, now -> {}));
  }

  @Test
  void leavesAloneWhatShowsAnySignOfLife() throws InterruptedException {
    AtomicLong last = new AtomicLong();

    End end =
        watch(
            STILL,
            now -> {
              if (now.compareTo(Duration.ofHours(1)) <= 0) {
                progress.step();
                last.set(now.toNanos());
              }
            });

    assertStalledAt(Duration.ofNanos(last.get()), end);
  }

  /** Listing and digesting sources may take long, and the node can do nothing about it. */
  @Test
  void doesNotHoldOurOwnWorkAgainstTheNode() throws InterruptedException {
    Duration tenMinutes = Duration.ofMinutes(10);
    Progress.OwnWork digesting = progress.ownWork();
    AtomicLong open = new AtomicLong(1);

    End end =
        watch(
            STILL,
            now -> {
              if (now.compareTo(tenMinutes) >= 0 && open.getAndSet(0) == 1) {
                digesting.close();
              }
            });

    assertStalledAt(tenMinutes, end);
  }

  @Test
  void endsACopyThatTakesLongerThanAllOfIt() throws InterruptedException {
    Duration whole = Duration.ofSeconds(100);

    End end = watch(new Limits(LIMIT, whole), now -> progress.step());

    assertEquals(new End(Optional.of(Limit.WHOLE), whole), end);
  }

  @Test
  void knowsTheLimitOfTheWholeAlone() throws InterruptedException {
    Duration whole = Duration.ofSeconds(100);

    End end = watch(new Limits(Duration.ZERO, whole), now -> {});

    assertEquals(new End(Optional.of(Limit.WHOLE), whole), end);
  }
}
