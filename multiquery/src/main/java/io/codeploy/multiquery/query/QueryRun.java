package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Job;
import io.codeploy.multiquery.fanout.Opening;
import io.codeploy.multiquery.fanout.Pass;
import io.codeploy.multiquery.fanout.Stop;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.fanout.Verdict;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.nio.file.Path;

/** The command on each node of one request, which is named by its rank. */
final class QueryRun implements Job<Integer, NodeOutcome<ExitStatus>> {
  private final QueryRequest request;
  private final QueryListener listener;
  private final Connector connector;
  private final TimeSource time;
  private final OutputSpace space;
  private final long startNanos;

  QueryRun(
      QueryRequest request,
      QueryListener listener,
      Connector connector,
      TimeSource time,
      Path temporaryDirectory) {
    this.request = request;
    this.listener = listener;
    this.connector = connector;
    this.time = time;
    this.space = new OutputSpace(temporaryDirectory);
    this.startNanos = time.nanoTime();
  }

  @Override
  public NodeOutcome<ExitStatus> run(Integer rank, Turn turn) {
    Node node = request.nodes().get(rank);
    listener.launched(rank, node);
    NodeRecord noted = new NodeRecord(rank, node, listener, space, time, startNanos);
    RunningLimits limits = new RunningLimits(request.limits(), time);
    NodeOutcome<ExitStatus> outcome;
    try {
      ExitStatus status = ask(rank, noted, limits, turn);
      outcome = new NodeOutcome.Succeeded<>(status, limits.elapsed());
    } catch (NodeFailedException e) {
      outcome = new NodeOutcome.Failed<>(limits.named(e.failure()), limits.elapsed());
    } catch (InterruptedException e) {
      // What came so far is still shown; the fan-out itself knows of the interruption.
      outcome = turn.why().ended(limits.elapsed());
    }
    noted.answer(outcome);
    return outcome;
  }

  private ExitStatus ask(int rank, NodeRecord noted, RunningLimits limits, Turn turn)
      throws NodeFailedException, InterruptedException {
    Node node = request.nodes().get(rank);
    try (Connection connection = connector.connect(node, limits.connect())) {
      noted.connected();
      try (Pass pass = turn.enter()) {
        limits.forgive(pass.waited());
        return request
            .command()
            .run(
                connection,
                rank,
                request.nodes().size(),
                noted.stdout(),
                noted.stderr(),
                limits.command());
      }
    }
  }

  @Override
  public NodeOutcome<ExitStatus> skipped(Integer rank, Stop why) {
    NodeOutcome<ExitStatus> outcome = why.unlaunched();
    listener.unlaunched(rank, request.nodes().get(rank), outcome);
    return outcome;
  }

  /** A command that ended by itself is an answer, and one that failed is a failure. */
  @Override
  public Verdict verdict(NodeOutcome<ExitStatus> outcome) {
    return switch (outcome) {
      case NodeOutcome.Succeeded<ExitStatus> ended ->
          ended.value().success() ? Verdict.WELL : Verdict.ARRIVED_ILL;
      case NodeOutcome.Failed<ExitStatus> failed -> Verdict.MISSING;
      case NodeOutcome.NotRun<ExitStatus> notRun -> Verdict.MISSING;
    };
  }

  @Override
  public void opened(Opening opening) {
    listener.opened(
        opening.arrived(),
        opening.stragglers().stream().map(request.nodes()::get).toList(),
        opening.after());
  }
}
