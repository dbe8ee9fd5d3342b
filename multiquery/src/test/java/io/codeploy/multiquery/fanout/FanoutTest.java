package io.codeploy.multiquery.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanoutTest {
  private static Fanout fanout(int window) {
    return new Fanout("test", window, Duration.ZERO, new ManualTime());
  }

  private static String notRun(Object item) {
    return item + " not run";
  }

  @Test
  void returnsResultsInTheOrderOfTheItemsWhateverTheOrderOfTheirEnds() {
    List<CountDownLatch> ended =
        IntStream.range(0, 3).mapToObj(i -> new CountDownLatch(1)).toList();

    List<String> results =
        fanout(3)
            .map(
                List.of(0, 1, 2),
                item -> {
                  if (item < 2) {
                    ended.get(item + 1).await();
                  }
                  ended.get(item).countDown();
                  return "result " + item;
                },
                FanoutTest::notRun);

    assertEquals(List.of("result 0", "result 1", "result 2"), results);
  }

  @Test
  void fillsTheWindowAndNeverMore() throws Exception {
    CountDownLatch full = new CountDownLatch(3);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    var call =
        Interruptible.start(
            () ->
                fanout(3)
                    .map(
                        IntStream.range(0, 30).boxed().toList(),
                        item -> {
                          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                          full.countDown();
                          mayEnd.await();
                          underWay.decrementAndGet();
                          return item;
                        },
                        item -> -1));
    full.await();
    call.awaitStandstill();
    mayEnd.countDown();

    assertEquals(IntStream.range(0, 30).boxed().toList(), call.end().value());
    assertEquals(3, most.get());
  }

  @Test
  void keepsTheLaunchDelayBetweenLaunches() {
    Duration delay = Duration.ofMillis(250);
    ManualTime time = new ManualTime();

    new Fanout("test", 8, delay, time)
        .map(List.of("a", "b", "c"), item -> item, FanoutTest::notRun);

    assertEquals(List.of(delay, delay), time.sleeps());
  }

  @Test
  void runsNothingForNoItems() {
    assertEquals(List.of(), fanout(1).map(List.of(), FanoutTest::notRun, FanoutTest::notRun));
  }

  @Test
  void refusesAWindowOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> fanout(0));
  }

  @Test
  void namesItsVirtualThreads() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    AtomicBoolean virtual = new AtomicBoolean(true);

    fanout(2)
        .map(
            List.of(1, 2),
            item -> {
              names.add(Thread.currentThread().getName());
              virtual.compareAndSet(true, Thread.currentThread().isVirtual());
              return item;
            },
            item -> item);

    assertEquals(Set.of("test-0", "test-1"), names);
    assertTrue(virtual.get());
  }

  @Test
  void returnsOneResultPerItemWhenInterrupted() throws Exception {
    CountDownLatch windowIsFull = new CountDownLatch(2);
    CountDownLatch interrupted = new CountDownLatch(2);
    CountDownLatch mayEnd = new CountDownLatch(1);
    var call =
        Interruptible.start(
            () ->
                fanout(2)
                    .map(
                        List.of(0, 1, 2, 3, 4),
                        item -> {
                          if (item > 0) {
                            windowIsFull.countDown();
                            untilInterrupted(interrupted, mayEnd);
                          }
                          return "result " + item;
                        },
                        FanoutTest::notRun));
    windowIsFull.await();
    call.interrupt();
    interrupted.await();

    assertTrue(call.isRunning(), "running tasks are waited for");
    mayEnd.countDown();
    var ended = call.end();
    assertEquals(
        List.of("result 0", "1 not run", "2 not run", "3 not run", "4 not run"), ended.value());
    assertTrue(ended.interrupted(), "the flag is restored");
  }

  /** A second interrupt would cut short what a task does after the first. */
  @Test
  void interruptsATaskOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean again = new AtomicBoolean();
    var call =
        Interruptible.start(
            () ->
                fanout(1)
                    .map(
                        List.of(0),
                        item -> {
                          begun.countDown();
                          try {
                            untilInterrupted(interrupted, mayEnd);
                          } catch (InterruptedException e) {
                            again.set(mayEnd.getCount() > 0);
                          }
                          return "ended";
                        },
                        FanoutTest::notRun));
    begun.await();
    call.interrupt();
    interrupted.await();
    call.awaitStandstill();
    mayEnd.countDown();
    call.end();

    assertFalse(again.get());
  }

  private static void untilInterrupted(CountDownLatch interrupted, CountDownLatch mayEnd)
      throws InterruptedException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      mayEnd.await();
      throw e;
    }
  }

  @Test
  void launchesNothingInAnInterruptedThread() throws Exception {
    var ended =
        Interruptible.start(
                () -> {
                  Thread.currentThread().interrupt();
                  return fanout(2)
                      .map(List.of("a", "b"), item -> item + " ran", FanoutTest::notRun);
                })
            .end();

    assertEquals(List.of("a not run", "b not run"), ended.value());
    assertTrue(ended.interrupted());
  }

  @Test
  void keepsTheResultOfATaskThatEndsWellInSpiteOfAnInterruption() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    var call =
        Interruptible.start(
            () ->
                fanout(1)
                    .map(
                        List.of("a", "b"),
                        item -> {
                          started.countDown();
                          try {
                            new CountDownLatch(1).await();
                          } catch (InterruptedException e) {
                            // The work was done anyway.
                          }
                          return item + " ran";
                        },
                        FanoutTest::notRun));
    started.await();
    call.interrupt();

    assertEquals(List.of("a ran", "b not run"), call.end().value());
  }

  @Test
  void breaksWithTheItemOfATaskThatThrowsAfterTheOthersHadTheirTurn() {
    var ran = new ConcurrentLinkedQueue<String>();

    IllegalStateException broken =
        assertThrows(
            IllegalStateException.class,
            () ->
                fanout(1)
                    .map(
                        List.of("n1", "n2", "n3"),
                        item -> {
                          if (item.equals("n1")) {
                            throw new IllegalArgumentException("a bug");
                          }
                          ran.add(item);
                          return item;
                        },
                        FanoutTest::notRun));

    assertEquals("the task for n1 broke", broken.getMessage());
    assertInstanceOf(IllegalArgumentException.class, broken.getCause());
    assertEquals(List.of("n2", "n3"), List.copyOf(ran));
  }

  @Test
  void restoresTheFlagAlsoWhereAnInterruptedTaskBreaks() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    var call =
        Interruptible.start(
            () -> {
              assertThrows(
                  IllegalStateException.class,
                  () -> fanout(1).map(List.of(1), item -> breakWhenInterrupted(started), x -> x));
              return Thread.currentThread().isInterrupted();
            });
    started.await();
    call.interrupt();

    assertTrue(call.end().value());
  }

  private static Integer breakWhenInterrupted(CountDownLatch started) {
    started.countDown();
    try {
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException("a bug", e);
    }
  }

  @Test
  void aTaskThatGivesUpByItselfCountsAsNotRun() {
    List<String> results =
        fanout(1)
            .map(
                List.of("a"),
                item -> {
                  throw new InterruptedException();
                },
                FanoutTest::notRun);

    assertEquals(List.of("a not run"), results);
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
