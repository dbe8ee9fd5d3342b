package io.codeploy.multicopy.command;

import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.RunEnd;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a run went.
 *
 * @param outcomes one per node, in the same order
 */
record CopyReport(List<Node> nodes, List<NodeOutcome<CopyTotals>> outcomes, Duration elapsed) {
  CopyReport {
    nodes = List.copyOf(nodes);
    outcomes = List.copyOf(outcomes);
  }

  /** What of it is told at the end: a node has its copy or has failed. */
  RunEnd.Report told(BarrierRule barrier) {
    RunSummary summary = new RunSummary();
    for (int i = 0; i < nodes.size(); i++) {
      summary.count(nodes.get(i), outcomes.get(i));
    }
    return RunEnd.Report.of(
        summary.allOk() ? Optional.empty() : Optional.of(summary.line(elapsed)),
        nodes,
        outcomes,
        ExitCode.of(outcomes, barrier));
  }
}
