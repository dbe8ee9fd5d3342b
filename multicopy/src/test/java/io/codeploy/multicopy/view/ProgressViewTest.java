package io.codeploy.multicopy.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.Timings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is shown when, in virtual time: a second passes when a test says so. */
class ProgressViewTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Steps time = new Steps();
  private final Progress first = new Progress();
  private final Progress second = new Progress();

  /** Time in which the view tells once a step. */
  private static final class Steps implements TimeSource {
    private final AtomicLong nanos = new AtomicLong();
    private final Semaphore asleep = new Semaphore(0);
    private final Semaphore awake = new Semaphore(0);

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      asleep.release();
      awake.acquire();
    }

    /** Lets a second pass, and the view tell what it has to. */
    void pass() {
      asleep.acquireUninterruptibly();
      nanos.addAndGet(SECOND.toNanos());
      awake.release();
      asleep.acquireUninterruptibly();
      asleep.release();
    }
  }

  private static Node node(int rank) {
    String name = "n" + (rank + 1);
    return new Node(name, name, Optional.empty(), OptionalInt.empty(), Map.of());
  }

  private static CopyResult result(int rank, NodeOutcome<CopyTotals> outcome, Progress progress) {
    Timings timings = new Timings(Duration.ZERO, Optional.empty(), SECOND);
    return new CopyResult(rank, node(rank), outcome, CopyTotals.of(progress), timings);
  }

  private String said() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  private void begin(CopyListener view) {
    view.launched(0, node(0), first);
    view.launched(1, node(1), second);
    first.plan(new Amount(2, 2_000_000), new Amount(1, 500_000), new Amount(7, 0));
  }

  @Test
  void tellsInLinesHowFarItIsAndWhatIsEstimated() {
    CopyListener view =
        ProgressView.lines(result -> err.println("ended"), 4, time, err, SECOND).start();
    begin(view);

    time.pass();

    assertEquals(
        """
        multicopy: 0 of 4 nodes done, 500.0 kB of ~8.0 MB, 1 of ~8 files
        multicopy:   n2: being looked at
        multicopy:   n1: 500.0 kB of 2.0 MB, 1 of 2 files
        """,
        said());

    second.plan(new Amount(2, 2_000_000), Amount.NONE, Amount.NONE);
    second.bytes(500_000);
    first.bytes(1_500_000);
    first.file();
    view.finished(result(0, new NodeOutcome.Succeeded<>(CopyTotals.of(first), SECOND), first));
    time.pass();

    assertEquals(
        """
        ended
        multicopy: 1 of 4 nodes done, 2.5 MB of ~8.0 MB, 2.0 MB/s, 3 s left, 2 of ~8 files
        multicopy:   n2: 500.0 kB of 2.0 MB, 0 of 2 files
        """,
        said());

    view.finished(
        result(
            1,
            new NodeOutcome.Failed<>(new NodeFailure.RemoteFailure("disk full"), SECOND),
            second));
    view.ended();

    assertEquals("ended\n", said());
  }

  @Test
  void keepsALineOnATerminalBelowWhatOthersPrint() {
    CopyListener view = ProgressView.live(result -> err.println("ended"), 2, time, err).start();
    begin(view);

    time.pass();

    assertEquals("\r\033[K0/2 nodes, 500.0 kB of ~4.0 MB, n1 at 25 %", said());

    view.finished(result(0, new NodeOutcome.Succeeded<>(CopyTotals.of(first), SECOND), first));

    assertEquals("\r\033[Kended\n0/2 nodes, 500.0 kB of ~4.0 MB, n1 at 25 %", said());

    view.ended();

    assertEquals("\r\033[K", said());
  }
}
