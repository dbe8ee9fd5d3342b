package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Runs the copies of a request, one per node, and returns one outcome each, in their order. */
public final class CopyEngine {
  private final Connector connector;
  private final TimeSource time;

  /** The connector stays the caller's. */
  public CopyEngine(Connector connector, TimeSource time) {
    this.connector = connector;
    this.time = time;
  }

  /**
   * Copies, and blocks until every node is done. When the calling thread is interrupted, nodes that
   * are not done are {@link NodeOutcome.NotRun}, and it is interrupted again on return.
   */
  public List<NodeOutcome<CopyTotals>> run(CopyRequest request, CopyListener listener) {
    ReentrantLock serial = new ReentrantLock();
    Fanout fanout = new Fanout("multicopy", request.pace(), time);
    return fanout.map(
        request.copies(),
        copy -> {
          NodeOutcome<CopyTotals> outcome = attempt(request, copy);
          serial.lock();
          try {
            listener.finished(copy.node(), outcome);
          } finally {
            serial.unlock();
          }
          return outcome;
        },
        copy -> new NodeOutcome.NotRun<>());
  }

  private NodeOutcome<CopyTotals> attempt(CopyRequest request, NodeCopy copy)
      throws InterruptedException {
    long start = time.nanoTime();
    try {
      CopyTotals totals = new NodeTransfer(connector, time, request, copy).run();
      return new NodeOutcome.Succeeded<>(totals, time.since(start));
    } catch (NodeFailedException e) {
      Duration elapsed = time.since(start);
      return new NodeOutcome.Failed<>(e.failure(), elapsed);
    }
  }
}
