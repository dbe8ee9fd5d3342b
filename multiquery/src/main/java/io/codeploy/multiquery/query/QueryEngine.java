package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.Steering;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Runs one command on every node and returns one outcome per node, in the order of the nodes. */
public final class QueryEngine {
  private final Connector connector;
  private final TimeSource time;
  private final Path temporaryDirectory;
  private final Steering steering;

  /**
   * The connector stays the caller's.
   *
   * @param temporaryDirectory where large outputs wait to be shown
   * @param steering of the window while a run is under way
   */
  public QueryEngine(
      Connector connector, TimeSource time, Path temporaryDirectory, Steering steering) {
    this.connector = connector;
    this.time = time;
    this.temporaryDirectory = temporaryDirectory;
    this.steering = steering;
  }

  /** One whose runs nobody steers. */
  public QueryEngine(Connector connector, TimeSource time, Path temporaryDirectory) {
    this(connector, time, temporaryDirectory, new Steering());
  }

  /**
   * Runs, and blocks until every node is done, or until the request's pace says that the run is
   * over. When it is, and when the calling thread is interrupted, running commands are ended, and
   * their nodes answered with what came so far. The thread is interrupted again on return.
   */
  public List<NodeOutcome<ExitStatus>> run(QueryRequest request, QueryListener listener) {
    QueryListener serially = new SerialListener(listener);
    List<Integer> ranks = IntStream.range(0, request.nodes().size()).boxed().toList();
    QueryRun run = new QueryRun(request, serially, connector, time, temporaryDirectory);
    List<NodeOutcome<ExitStatus>> outcomes =
        new Fanout("multiquery", request.pace(), time, steering).map(ranks, run);
    serially.ended();
    return outcomes;
  }
}
