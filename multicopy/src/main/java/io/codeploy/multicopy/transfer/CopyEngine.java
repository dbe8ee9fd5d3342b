package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.relay.RelayRun;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.Steering;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.List;
import java.util.stream.IntStream;

/** Runs the copies of a request, one per node, and returns one outcome each, in their order. */
public final class CopyEngine {
  private final Connector connector;
  private final TimeSource time;
  private final Steering steering;
  private final long seed;

  /**
   * The connector stays the caller's.
   *
   * @param steering of the window while a run is under way
   * @param seed of the spread of pauses: another one in each process
   */
  public CopyEngine(Connector connector, TimeSource time, Steering steering, long seed) {
    this.connector = connector;
    this.time = time;
    this.steering = steering;
    this.seed = seed;
  }

  /**
   * Copies, and blocks until every node is done, or until the request's pace says that the run is
   * over. When it is, and when the calling thread is interrupted, copies under way are ended; the
   * thread is interrupted again on return.
   */
  public List<NodeOutcome<CopyTotals>> run(CopyRequest request, CopyListener listener) {
    CopyMeans means = CopyMeans.of(connector, time, request);
    means.prepare();
    List<Integer> ranks = IntStream.range(0, request.copies().size()).boxed().toList();
    List<NodeOutcome<CopyTotals>> outcomes =
        new Fanout("multicopy", request.pace(), time, steering)
            .map(ranks, new CopyRun(means, listener, seed));
    means.relay().ifPresent(run -> listener.relayed(run.report()));
    means.relay().ifPresent(RelayRun::close);
    listener.ended();
    return outcomes;
  }
}
