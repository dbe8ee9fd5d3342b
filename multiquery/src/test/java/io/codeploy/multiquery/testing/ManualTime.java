package io.codeploy.multiquery.testing;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when somebody sleeps or a test says so. */
public final class ManualTime implements TimeSource {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private final BeforeSleep beforeSleep;

  /** What a sleeper waits for before the time moves on. */
  @FunctionalInterface
  public interface BeforeSleep {
    void run() throws InterruptedException;
  }

  public ManualTime() {
    this(() -> {});
  }

  public ManualTime(BeforeSleep beforeSleep) {
    this.beforeSleep = beforeSleep;
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    beforeSleep.run();
    sleeps.add(duration);
    advance(duration);
  }

  /** Without a permit the time moves on by all of {@code duration}. */
  @Override
  public boolean await(Semaphore signal, Duration duration) throws InterruptedException {
    beforeSleep.run();
    boolean signalled = signal.tryAcquire();
    if (!signalled) {
      sleeps.add(duration);
      advance(duration);
    }
    return signalled;
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** All sleeps so far. */
  public List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
