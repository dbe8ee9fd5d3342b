package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Job;
import io.codeploy.multiquery.fanout.Opening;
import io.codeploy.multiquery.fanout.Stop;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.fanout.Verdict;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The copies of one request. */
final class CopyRun implements Job<NodeCopy, NodeOutcome<CopyTotals>> {
  private final CopyRequest request;
  private final CopyListener listener;
  private final Connector connector;
  private final TimeSource time;
  private final Sources sources;

  /** Has the listener called by one thread at a time. */
  private final ReentrantLock serial = new ReentrantLock();

  CopyRun(CopyRequest request, CopyListener listener, Connector connector, TimeSource time) {
    this.request = request;
    this.listener = listener;
    this.connector = connector;
    this.time = time;
    this.sources = new Sources(request.selection().exclusion());
  }

  @Override
  public NodeOutcome<CopyTotals> run(NodeCopy copy, Turn turn) throws InterruptedException {
    long start = time.nanoTime();
    NodeOutcome<CopyTotals> outcome;
    try {
      CopyTotals totals = new NodeTransfer(connector, time, request, copy, turn, sources).run();
      outcome = new NodeOutcome.Succeeded<>(totals, time.since(start));
    } catch (NodeFailedException e) {
      outcome = new NodeOutcome.Failed<>(e.failure(), time.since(start));
    } catch (InterruptedException e) {
      if (turn.why() instanceof Stop.Interrupted) {
        throw e;
      }
      outcome = turn.why().ended(time.since(start));
    }
    NodeOutcome<CopyTotals> told = outcome;
    serially(() -> listener.finished(copy.node(), told));
    return outcome;
  }

  @Override
  public NodeOutcome<CopyTotals> skipped(NodeCopy copy, Stop why) {
    return why.unlaunched();
  }

  @Override
  public Verdict verdict(NodeOutcome<CopyTotals> outcome) {
    return outcome instanceof NodeOutcome.Succeeded ? Verdict.WELL : Verdict.MISSING;
  }

  @Override
  public void opened(Opening opening) {
    List<Node> stragglers =
        opening.stragglers().stream().map(i -> request.copies().get(i).node()).toList();
    serially(() -> listener.opened(opening.arrived(), stragglers, opening.after()));
  }

  private void serially(Runnable call) {
    serial.lock();
    try {
      call.run();
    } finally {
      serial.unlock();
    }
  }
}
