package io.codeploy.cli.deploy;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A clock that stands still until it may go on; then it leaps to what is waited for. */
final class TestClock implements TimeSource {
  private final AtomicLong nanos = new AtomicLong();
  private final BooleanSupplier mayGoOn;

  TestClock(BooleanSupplier mayGoOn) {
    this.mayGoOn = mayGoOn;
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void sleep(Duration duration) {
    throw new AssertionError("nobody sleeps here");
  }

  @Override
  public boolean await(Semaphore signal, Duration duration) throws InterruptedException {
    while (!mayGoOn.getAsBoolean()) {
      if (signal.tryAcquire(1, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    boolean signalled = signal.tryAcquire();
    if (!signalled) {
      nanos.addAndGet(duration.toNanos());
    }
    return signalled;
  }
}
