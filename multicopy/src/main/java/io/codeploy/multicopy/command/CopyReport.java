package io.codeploy.multicopy.command;

import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.RunEnd;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
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
    List<Node> well = new ArrayList<>();
    List<Node> failed = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      summary.count(nodes.get(i), outcomes.get(i));
      boolean done = outcomes.get(i) instanceof NodeOutcome.Succeeded<CopyTotals>;
      (done ? well : failed).add(nodes.get(i));
    }
    return new RunEnd.Report(
        summary.allOk() ? Optional.empty() : Optional.of(summary.line(elapsed)),
        well,
        failed,
        ExitCode.of(outcomes, barrier));
  }
}
