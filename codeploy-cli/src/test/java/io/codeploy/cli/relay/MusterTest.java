package io.codeploy.cli.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MusterTest {
  private final AtomicLong now = new AtomicLong();
  private final Muster<String> muster = new Muster<>(clock());

  @Test
  void makesEverybodyKnownToEverybody() throws Exception {
    CountDownLatch outstanding = new CountDownLatch(2);

    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Muster.Roll<String>> a = both.submit(() -> join("a", outstanding));
      Future<Muster.Roll<String>> b = both.submit(() -> join("b", outstanding));

      assertEquals(a.get().members(), b.get().members());
      assertEquals("a", a.get().members().get(a.get().own()));
      assertEquals("b", b.get().members().get(b.get().own()));
    }
  }

  private Muster.Roll<String> join(String name, CountDownLatch outstanding)
      throws InterruptedException {
    int own = muster.enter(name);
    outstanding.countDown();
    return muster.await(own, within -> outstanding.await(within.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Test
  void waitsNoLongerThanAWhileForThoseWhoDoNotCome() throws InterruptedException {
    assertEquals(new Muster.Roll<>(List.of("a"), 0), join("a", this::nobodyElse));
    assertEquals(Muster.PATIENCE.toNanos(), now.get());
  }

  @Test
  void hasPatienceForAsLongAsItTookUntilNow() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Muster.Roll<String>> a =
          one.submit(
              () ->
                  join(
                      "a",
                      within -> {
                        first.countDown();
                        second.await();
                        return false;
                      }));
      first.await();
      now.set(Duration.ofSeconds(10).toNanos());

      Muster.Roll<String> b = join("b", this::nobodyElse);
      second.countDown();

      assertEquals(new Muster.Roll<>(List.of("a", "b"), 1), b);
      assertEquals(Duration.ofSeconds(20).toNanos(), now.get());
      assertEquals(new Muster.Roll<>(List.of("a", "b"), 0), a.get());
    }
  }

  @Test
  void lateOnesWhoComeAtOnceDoNotDisturbEachOther() throws Exception {
    join("first", this::nobodyElse);

    List<Callable<Void>> each = Collections.nCopies(4, this::joinOften);
    try (ExecutorService threads = Executors.newFixedThreadPool(each.size())) {
      for (Future<Void> one : threads.invokeAll(each)) {
        one.get();
      }
    }
  }

  private Void joinOften() throws InterruptedException {
    for (int i = 0; i < 2000; i++) {
      Muster.Roll<String> roll = join("late", within -> false);
      assertEquals(roll.own() + 1, roll.members().size());
    }
    return null;
  }

  @Test
  void letsLateOnesKnowThoseBeforeThem() throws InterruptedException {
    join("a", this::nobodyElse);

    assertEquals(new Muster.Roll<>(List.of("a", "b"), 1), join("b", within -> false));
    assertEquals(new Muster.Roll<>(List.of("a", "b", "c"), 2), join("c", within -> false));
  }

  private Muster.Roll<String> join(String name, Muster.Everybody everybody)
      throws InterruptedException {
    return muster.await(muster.enter(name), everybody);
  }

  /** Time passes, and that is all. */
  private boolean nobodyElse(Duration within) {
    now.addAndGet(within.toNanos());
    return false;
  }

  private TimeSource clock() {
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return now.get();
      }

      @Override
      public void sleep(Duration duration) {
        now.addAndGet(duration.toNanos());
      }
    };
  }
}
