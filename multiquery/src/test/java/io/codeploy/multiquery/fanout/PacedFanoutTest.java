package io.codeploy.multiquery.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.barrier.Halt;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.barrier.Share;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.Poll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a pace does to real threads; {@link CourseTest} has the decisions. */
class PacedFanoutTest {
  private static final Release FOUR = new Release.Fixed(4, 100);

  private final ManualTime time = new ManualTime();
  private final ConcurrentLinkedQueue<Opening> openings = new ConcurrentLinkedQueue<>();

  private static Pace pace(Optional<Halt> halt, BarrierRule barrier, Duration deadline) {
    return new Pace(FOUR, Optional.empty(), Spacing.NONE, halt, barrier, deadline);
  }

  private static Pace quorum(int count, Stragglers stragglers) {
    BarrierRule rule =
        new BarrierRule(
            Optional.of(new Share.Count(count)), Duration.ZERO, Optional.empty(), stragglers);
    return pace(Optional.empty(), rule, Duration.ZERO);
  }

  /** What one item does. */
  @FunctionalInterface
  private interface Work {
    String run(int item, Turn turn) throws InterruptedException;
  }

  private Job<Integer, String> job(Work work) {
    return new Job<>() {
      @Override
      public String run(Integer item, Turn turn) throws InterruptedException {
        return work.run(item, turn);
      }

      @Override
      public String skipped(Integer item, Stop why) {
        return why.getClass().getSimpleName();
      }

      @Override
      public Verdict verdict(String result) {
        return result.equals("ill") ? Verdict.MISSING : Verdict.WELL;
      }

      @Override
      public void opened(Opening opening) {
        openings.add(opening);
      }
    };
  }

  private static List<Integer> items(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private List<String> map(Pace pace, int count, Work work) {
    return new Fanout("test", pace, time).map(items(count), job(work));
  }

  private static String never() throws InterruptedException {
    new CountDownLatch(1).await();
    return "never";
  }

  @Test
  void stragglersAreInterruptedWhenTheBarrierOpens() {
    CountDownLatch bothHang = new CountDownLatch(2);

    List<String> results =
        map(
            quorum(2, Stragglers.CUT),
            6,
            (item, turn) -> {
              if (item < 2) {
                bothHang.countDown();
                return never();
              }
              bothHang.await();
              return item < 4 ? "done" : never();
            });

    assertEquals(List.of("Opened", "Opened", "done", "done", "Opened", "Opened"), results);
    assertEquals(List.of(2), openings.stream().map(Opening::arrived).toList());
  }

  @Test
  void stragglersThatAreReportedAreWaitedFor() {
    List<String> results =
        map(
            quorum(1, Stragglers.REPORT),
            3,
            (item, turn) -> {
              if (item == 0) {
                Poll.until("the barrier opens", () -> !openings.isEmpty());
              }
              return "done";
            });

    assertEquals(List.of("done", "done", "done"), results);
    assertEquals(1, openings.size());
  }

  @Test
  void theInterruptedLearnWhy() {
    Halt first = new Halt(new Share.Count(1), Halt.Pending.END);
    CountDownLatch hangs = new CountDownLatch(1);

    List<String> results =
        map(
            pace(Optional.of(first), BarrierRule.forAll(), Duration.ZERO),
            6,
            (item, turn) -> {
              if (item == 0) {
                hangs.await();
                return "ill";
              }
              try {
                hangs.countDown();
                return never();
              } catch (InterruptedException e) {
                return "saw " + turn.why().getClass().getSimpleName();
              }
            });

    assertEquals("ill", results.getFirst());
    assertEquals("saw Halted", results.get(1));
    assertEquals("Halted", results.getLast());
  }

  @Test
  void theDeadlineEndsWhatHangs() {
    Duration minute = Duration.ofMinutes(1);

    List<String> results =
        map(pace(Optional.empty(), BarrierRule.forAll(), minute), 6, (item, turn) -> never());

    assertEquals(List.of("Expired"), results.stream().distinct().toList());
    assertEquals(minute, time.since(0));
  }

  @Test
  void theThrottleLetsAFewOfThoseUnderWayToWork() throws Exception {
    Pace pace =
        new Pace(
            new Release.Fixed(8, 8),
            Optional.of(new Release.Fixed(2, 100)),
            Spacing.NONE,
            Optional.empty(),
            BarrierRule.forAll(),
            Duration.ZERO);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch allConnected = new CountDownLatch(8);
    CountDownLatch two = new CountDownLatch(2);

    List<String> results =
        map(
            pace,
            20,
            (item, turn) -> {
              allConnected.countDown();
              allConnected.await();
              Pass pass = turn.enter();
              try {
                most.accumulateAndGet(working.incrementAndGet(), Math::max);
                two.countDown();
                two.await();
                working.decrementAndGet();
                return "done";
              } finally {
                pass.close();
              }
            });

    assertEquals(List.of("done"), results.stream().distinct().toList());
    assertEquals(2, most.get());
  }

  @Test
  void aHandMayWidenTheWindowOfARunThatIsUnderWay() throws Exception {
    Steering steering = new Steering();
    Semaphore running = new Semaphore(0);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Fanout fanout = new Fanout("test", Pace.of(FOUR, Spacing.NONE), TimeSource.system(), steering);
    var call =
        Interruptible.start(
            () ->
                fanout.map(
                    items(10),
                    job(
                        (item, turn) -> {
                          running.release();
                          mayEnd.await();
                          return "done";
                        })));
    running.acquire(4);
    call.awaitStandstill();
    assertEquals(0, running.availablePermits());

    steering.widen();
    running.acquire();
    mayEnd.countDown();

    assertEquals(10, call.end().value().size());
    steering.narrow();
  }
}
