package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.relay.RelayPlace;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Job;
import io.codeploy.multiquery.fanout.Opening;
import io.codeploy.multiquery.fanout.Stop;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.fanout.Verdict;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/** The copies of one request, each named by its rank. */
final class CopyRun implements Job<Integer, NodeOutcome<CopyTotals>> {
  private final CopyMeans means;
  private final CopyListener listener;
  private final long seed;
  private final long startNanos;

  /** Has the listener called by one thread at a time. */
  private final ReentrantLock serial = new ReentrantLock();

  CopyRun(CopyMeans means, CopyListener listener, long seed) {
    this.means = means;
    this.listener = listener;
    this.seed = seed;
    this.startNanos = means.time().nanoTime();
  }

  @Override
  public NodeOutcome<CopyTotals> run(Integer rank, Turn turn) {
    NodeCopy copy = means.request().copies().get(rank);
    Progress progress = new Progress(means.brakes().node());
    listener.launched(rank, copy.node(), progress);
    NodeClock clock = new NodeClock(means.time(), means.request().limits().whole(), startNanos);
    SplittableRandom chance = new SplittableRandom(seed + rank);
    NodeOutcome<CopyTotals> outcome;
    try {
      CopyTotals totals = new PersistentCopy(means, copy, turn, clock, chance).run(progress);
      outcome = new NodeOutcome.Succeeded<>(totals, clock.elapsed());
    } catch (NodeFailedException e) {
      outcome = new NodeOutcome.Failed<>(e.failure(), clock.elapsed());
    } catch (InterruptedException e) {
      // How far it came is still told; the fan-out itself knows of the interruption.
      outcome = turn.why().ended(clock.elapsed());
    } finally {
      means.place(copy).ifPresent(RelayPlace::settle);
    }
    CopyResult result =
        new CopyResult(rank, copy.node(), outcome, CopyTotals.of(progress), clock.timings());
    serially(() -> listener.finished(result));
    return outcome;
  }

  @Override
  public NodeOutcome<CopyTotals> skipped(Integer rank, Stop why) {
    means.place(means.request().copies().get(rank)).ifPresent(RelayPlace::settle);
    NodeOutcome<CopyTotals> outcome = why.unlaunched();
    serially(() -> listener.unlaunched(rank, node(rank), outcome));
    return outcome;
  }

  @Override
  public Verdict verdict(NodeOutcome<CopyTotals> outcome) {
    return outcome instanceof NodeOutcome.Succeeded ? Verdict.WELL : Verdict.MISSING;
  }

  @Override
  public void opened(Opening opening) {
    List<Node> stragglers = opening.stragglers().stream().map(this::node).toList();
    serially(() -> listener.opened(opening.arrived(), stragglers, opening.after()));
  }

  private Node node(int rank) {
    return means.request().copies().get(rank).node();
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
