package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Runs one command on every node and returns one outcome per node, in the order of the nodes. */
public final class QueryEngine {
  /** For connecting where the node has no limit. */
  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(2);

  private final Connector connector;
  private final TimeSource time;
  private final Path temporaryDirectory;

  /**
   * The connector stays the caller's.
   *
   * @param temporaryDirectory where large outputs wait to be shown
   */
  public QueryEngine(Connector connector, TimeSource time, Path temporaryDirectory) {
    this.connector = connector;
    this.time = time;
    this.temporaryDirectory = temporaryDirectory;
  }

  /**
   * Runs, and blocks until every node is done. When the calling thread is interrupted, running
   * commands are ended, nodes that are not done are {@link NodeOutcome.NotRun}, those among them
   * that were launched are answered with what came so far, and the thread is interrupted again on
   * return.
   */
  public List<NodeOutcome<ExitStatus>> run(QueryRequest request, QueryListener listener) {
    QueryListener serially = new SerialListener(listener);
    long start = time.nanoTime();
    List<Integer> ranks = IntStream.range(0, request.nodes().size()).boxed().toList();
    List<NodeOutcome<ExitStatus>> outcomes =
        new Fanout("multiquery", request.pace(), time)
            .map(ranks, r -> ask(request, r, serially, start), r -> new NodeOutcome.NotRun<>());
    serially.ended();
    return outcomes;
  }

  private NodeOutcome<ExitStatus> ask(
      QueryRequest request, int rank, QueryListener listener, long runStartNanos) {
    Node node = request.nodes().get(rank);
    NodeRecord noted =
        new NodeRecord(rank, node, listener, temporaryDirectory, time, runStartNanos);
    NodeOutcome<ExitStatus> outcome = attempt(request, node, noted);
    noted.answer(outcome);
    return outcome;
  }

  private NodeOutcome<ExitStatus> attempt(QueryRequest request, Node node, NodeRecord noted) {
    long start = time.nanoTime();
    Duration limit = request.limits().whole();
    try (Connection connection = connector.connect(node, limit.isZero() ? CONNECT_LIMIT : limit)) {
      noted.connected();
      ExitStatus status =
          connection.execute(
              request.command(),
              InputStream.nullInputStream(),
              noted.stdout(),
              noted.stderr(),
              left(limit, time.since(start)));
      return new NodeOutcome.Succeeded<>(status, time.since(start));
    } catch (NodeFailedException e) {
      return new NodeOutcome.Failed<>(whole(e.failure(), limit), time.since(start));
    } catch (InterruptedException e) {
      // What came so far is still shown; the fan-out itself knows of the interruption.
      return new NodeOutcome.NotRun<>();
    }
  }

  private static Duration left(Duration limit, Duration elapsed) throws NodeFailedException {
    if (limit.isZero()) {
      return limit;
    }
    if (elapsed.compareTo(limit) >= 0) {
      throw new NodeFailedException(new NodeFailure.TimedOut("command", limit));
    }
    return limit.minus(elapsed);
  }

  /** A node has one limit, however much of it was left for the phase in which it ran out. */
  private static NodeFailure whole(NodeFailure failure, Duration limit) {
    return failure instanceof NodeFailure.TimedOut timedOut && !limit.isZero()
        ? new NodeFailure.TimedOut(timedOut.phase(), limit)
        : failure;
  }
}
