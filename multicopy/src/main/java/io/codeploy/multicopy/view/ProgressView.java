package io.codeploy.multicopy.view;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.LiveLine;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Tells over and over how far a run is, from a virtual thread of its own that ends with the run:
 * lines on a stream, or a live line on a terminal, above which another view prints.
 */
public final class ProgressView extends CopyStage {
  private static final Duration REDRAW = Duration.ofMillis(250);

  private final Tracker tracker;
  private final Rate rate = new Rate();
  private final TimeSource time;
  private final Surface surface;
  private final Thread thread;

  /** Where it is told. */
  private interface Surface {
    /** Takes over what was told before. */
    void tell(Standing standing, Rate rate, long nowNanos);

    /** Has another view print. */
    void aside(Runnable print);

    /** Nothing more is told. */
    void end();
  }

  private ProgressView(
      CopyListener next, int nodes, TimeSource time, Duration interval, Surface surface) {
    super(next);
    this.tracker = new Tracker(nodes);
    this.time = time;
    this.surface = surface;
    this.thread =
        Thread.ofVirtual().name("multicopy-progress").unstarted(() -> tellEvery(interval));
  }

  /** A live line on {@code terminal}, where {@code next} prints as well. */
  public static ProgressView live(
      CopyListener next, int nodes, TimeSource time, PrintStream terminal) {
    return new ProgressView(
        next, nodes, time, REDRAW, new OnTerminal(new LiveLine(terminal, false)));
  }

  /** Lines on {@code err} every {@code interval}. */
  public static ProgressView lines(
      CopyListener next, int nodes, TimeSource time, PrintStream err, Duration interval) {
    return new ProgressView(next, nodes, time, interval, new AsLines(err));
  }

  /** Begins to tell. */
  public ProgressView start() {
    thread.start();
    return this;
  }

  private void tellEvery(Duration interval) {
    try {
      while (true) {
        time.sleep(interval);
        surface.tell(tracker.now(), rate, time.nanoTime());
      }
    } catch (InterruptedException e) {
      // The run is over.
    }
  }

  @Override
  public void launched(int rank, Node node, Progress progress) {
    tracker.launched(rank, node, progress);
    super.launched(rank, node, progress);
  }

  @Override
  public void finished(CopyResult result) {
    tracker.finished(result);
    surface.aside(() -> super.finished(result));
  }

  @Override
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    surface.aside(() -> super.opened(arrived, stragglers, after));
  }

  @Override
  public void unlaunched(int rank, Node node, NodeOutcome<CopyTotals> outcome) {
    surface.aside(() -> super.unlaunched(rank, node, outcome));
  }

  @Override
  public void ended() {
    thread.interrupt();
    surface.end();
    super.ended();
  }

  private record AsLines(PrintStream err) implements Surface {
    @Override
    public void tell(Standing standing, Rate rate, long nowNanos) {
      ProgressText.lines(standing, rate.at(nowNanos, standing.sentBytes()))
          .forEach(line -> err.println("multicopy: " + line));
    }

    @Override
    public void aside(Runnable print) {
      print.run();
    }

    @Override
    public void end() {}
  }

  private record OnTerminal(LiveLine line) implements Surface {
    @Override
    public void tell(Standing standing, Rate rate, long nowNanos) {
      line.draw(
          ProgressText.line(standing, rate.at(nowNanos, standing.sentBytes()), LiveLine.WIDTH));
    }

    @Override
    public void aside(Runnable print) {
      line.aside(print);
    }

    @Override
    public void end() {
      line.end();
    }
  }
}
