package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.Stage;
import io.codeploy.multiquery.query.CapturedOutput;
import io.codeploy.multiquery.query.Delivery;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes what becomes of the nodes of a run. */
public final class RunNotes {
  private final List<NodeResult> results;

  /** For a run over {@code nodes}. */
  public RunNotes(List<Node> nodes) {
    this.results = new ArrayList<>(nodes.stream().map(NodeResult::notRun).toList());
  }

  /** A listener that takes notes and passes everything on to {@code next}. */
  public QueryListener before(QueryListener next) {
    return new Noting(next);
  }

  /** The run, when it is over and came to {@code status}. */
  public LastRun run(int status) {
    return new LastRun(results, status);
  }

  private static Optional<NodeResult.Said> said(NodeAnswer answer, Delivery delivery) {
    CapturedOutput output = answer.stdout();
    boolean complete = answer.outcome() instanceof NodeOutcome.Succeeded<ExitStatus>;
    return delivery.kept() && (complete || output.length() > 0)
        ? Optional.of(new NodeResult.Said(complete, output.length(), output.checksum()))
        : Optional.empty();
  }

  private final class Noting extends Stage {
    Noting(QueryListener next) {
      super(next);
    }

    @Override
    public void answered(NodeAnswer answer) {
      results.set(
          answer.rank(),
          new NodeResult(
              answer.node(), answer.outcome(), answer.timings().ended(), said(answer, delivery())));
      super.answered(answer);
    }

    @Override
    public void unlaunched(int rank, Node node, NodeOutcome<ExitStatus> outcome) {
      results.set(rank, new NodeResult(node, outcome, Duration.ZERO, Optional.empty()));
      super.unlaunched(rank, node, outcome);
    }
  }
}
