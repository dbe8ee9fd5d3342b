package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MadeOnceTest {
  private static final class Clock implements TimeSource {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void sleep(Duration duration) {
      advance(duration);
    }

    void advance(Duration duration) {
      nanos.addAndGet(duration.toNanos());
    }
  }

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final Clock time = new Clock();
  private final MadeOnce<String, String> made = new MadeOnce<>(this::make, time);

  @Test
  void makesAValueOnceForAll() throws Exception {
    assertEquals("a", made.get("a"));
    assertEquals("a", made.get("a"));
    assertEquals("b", made.get("b"));

    assertEquals(2, count.get());
    assertEquals(Optional.of("a"), made.find("a"));
    assertEquals(Optional.empty(), made.find("c"));
  }

  @Test
  void triesAgainWhatHasFailedSomeTimeAgo() throws Exception {
    broken.set(true);
    ExecutionException failed = assertThrows(ExecutionException.class, () -> made.get("a"));
    assertInstanceOf(IOException.class, failed.getCause());
    assertEquals(Optional.empty(), made.find("a"));
    broken.set(false);

    time.advance(MadeOnce.FAILED.minusNanos(1));
    assertThrows(ExecutionException.class, () -> made.get("a"));
    assertEquals(1, count.get());

    time.advance(Duration.ofNanos(1));
    assertEquals("a", made.get("a"));
    assertEquals(2, count.get());
  }

  @Test
  void letsAFailureHoldAsLongAsItTook() {
    MadeOnce<String, String> slow =
        new MadeOnce<>(
            key -> {
              count.incrementAndGet();
              time.advance(MadeOnce.FAILED.multipliedBy(3));
              throw new IOException(key);
            },
            time);
    assertThrows(ExecutionException.class, () -> slow.get("a"));
    time.advance(MadeOnce.FAILED.multipliedBy(2));
    assertThrows(ExecutionException.class, () -> slow.get("a"));
    assertEquals(1, count.get());

    time.advance(MadeOnce.FAILED);
    assertThrows(ExecutionException.class, () -> slow.get("a"));
    assertEquals(2, count.get());
  }

  @Test
  void whoIsInterruptedWhileMakingLearnsOfThatAndNothingHolds() throws Exception {
    AtomicBoolean stopped = new AtomicBoolean(true);
    MadeOnce<String, String> interrupted =
        new MadeOnce<>(
            key -> {
              if (stopped.get()) {
                throw new InterruptedException();
              }
              return key;
            },
            time);

    assertThrows(InterruptedException.class, () -> interrupted.get("a"));
    assertFalse(Thread.currentThread().isInterrupted());
    stopped.set(false);

    assertEquals("a", interrupted.get("a"));
  }

  @Test
  void whoWaitsForOneThatIsInterruptedMakesItInstead() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    MadeOnce<String, String> slow =
        new MadeOnce<>(
            key -> {
              if (count.incrementAndGet() == 1) {
                begun.countDown();
                new CountDownLatch(1).await();
              }
              return key;
            },
            time);
    FutureTask<String> first = new FutureTask<>(() -> slow.get("a"));
    Thread making = Thread.ofVirtual().start(first);
    begun.await();
    FutureTask<String> second = new FutureTask<>(() -> slow.get("a"));
    Thread waiting = Thread.ofVirtual().start(second);
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    making.interrupt();

    assertEquals("a", second.get());
    ExecutionException failed = assertThrows(ExecutionException.class, first::get);
    assertInstanceOf(InterruptedException.class, failed.getCause());
  }

  @Test
  void triesAgainWhatHasFailedAhead() throws Exception {
    broken.set(true);
    made.begin("a", Runnable::run);
    broken.set(false);
    time.advance(MadeOnce.FAILED);

    assertEquals("a", made.get("a"));
  }

  @Test
  void makesItselfWhatNoThreadHasBegunWith() throws Exception {
    List<Runnable> queue = new ArrayList<>();
    made.begin("a", queue::add);

    assertEquals("a", made.get("a"));
    queue.getFirst().run();
    assertEquals(1, count.get());
  }

  @Test
  void takesWhatIsKnownFromElsewhere() throws Exception {
    made.offer("a", "other");
    made.offer("a", "late");

    assertEquals("other", made.get("a"));
    assertEquals(0, count.get());
  }

  @Test
  void takesWhatIsKnownFromElsewhereInPlaceOfAFailure() throws Exception {
    broken.set(true);
    assertThrows(ExecutionException.class, () -> made.get("a"));

    made.offer("a", "other");

    assertEquals("other", made.get("a"));
    assertEquals(Optional.of("other"), made.find("a"));
    assertEquals(1, count.get());
  }

  @Test
  void letsAllWhoWaitHaveTheOneFailure() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    MadeOnce<String, String> slow =
        new MadeOnce<>(
            key -> {
              count.incrementAndGet();
              begun.countDown();
              end.await();
              throw new IOException(key);
            },
            time);
    FutureTask<String> first = new FutureTask<>(() -> slow.get("a"));
    Thread.ofVirtual().start(first);
    begun.await();
    FutureTask<String> second = new FutureTask<>(() -> slow.get("a"));
    Thread waiting = Thread.ofVirtual().start(second);
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    end.countDown();

    assertThrows(ExecutionException.class, first::get);
    assertThrows(ExecutionException.class, second::get);
    assertEquals(1, count.get());
  }

  private String make(String key) throws IOException {
    count.incrementAndGet();
    if (broken.get()) {
      throw new IOException("broken");
    }
    return key;
  }
}
