package io.codeploy.multiquery.command;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How a run of multiquery went.
 *
 * @param outcomes one per node, in the same order
 * @param barrier which tells whether missing nodes are held against the run
 */
record RunReport(
    List<Node> nodes,
    List<NodeOutcome<ExitStatus>> outcomes,
    BarrierRule barrier,
    Duration elapsed) {
  /** What ssh exits with when there is no remote command to tell of. */
  private static final int NO_STATUS = 255;

  /** Added to the number of a signal, as shells do; what is not known counts as one of these. */
  private static final int SIGNALLED = 128;

  RunReport {
    nodes = List.copyOf(nodes);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * What of it is told at the end.
   *
   * @param largestStatus whether the largest remote exit status is that of the command
   * @param summed whether a run without failures is summed up as well
   */
  RunEnd.Report told(boolean largestStatus, boolean summed) {
    RunSummary summary = summary();
    return new RunEnd.Report(
        summary.allOk() && !summed ? Optional.empty() : Optional.of(summary.line(elapsed)),
        well(),
        failed(),
        largestStatus ? largestStatus() : code());
  }

  RunSummary summary() {
    RunSummary summary = new RunSummary();
    for (int i = 0; i < nodes.size(); i++) {
      if (outcomes.get(i) instanceof NodeOutcome.Succeeded<ExitStatus> ended) {
        summary.count(nodes.get(i), ended.value());
      } else {
        summary.count(nodes.get(i), outcomes.get(i));
      }
    }
    return summary;
  }

  /** Nodes whose command ran and exited with 0. */
  List<Node> well() {
    return those(RunReport::isWell);
  }

  /** All others, those that the run was stopped before among them. */
  List<Node> failed() {
    return those(outcome -> !isWell(outcome));
  }

  private List<Node> those(Predicate<NodeOutcome<ExitStatus>> wanted) {
    return IntStream.range(0, nodes.size())
        .filter(i -> wanted.test(outcomes.get(i)))
        .mapToObj(nodes::get)
        .toList();
  }

  private static boolean isWell(NodeOutcome<ExitStatus> outcome) {
    return outcome instanceof NodeOutcome.Succeeded<ExitStatus> ended && ended.value().success();
  }

  /** By the table of the house. */
  ExitCode code() {
    boolean anyEndedIll =
        outcomes.stream()
            .anyMatch(o -> o instanceof NodeOutcome.Succeeded<ExitStatus> && !isWell(o));
    return ExitCode.of(outcomes, barrier).or(anyEndedIll ? ExitCode.REMOTE : ExitCode.OK);
  }

  /**
   * The largest exit status of a remote command: 128 and more for one that a signal killed, 255 for
   * a node without one. An interrupted run stays one.
   */
  ExitCode largestStatus() {
    if (code().equals(ExitCode.INTERRUPTED)) {
      return ExitCode.INTERRUPTED;
    }
    ExitCode missing = ExitCode.of(outcomes, barrier);
    ExitCode least = missing.equals(ExitCode.OK) ? missing : new ExitCode(NO_STATUS);
    return outcomes.stream().map(RunReport::status).reduce(least, ExitCode::or);
  }

  private static ExitCode status(NodeOutcome<ExitStatus> outcome) {
    return switch (outcome) {
      case NodeOutcome.Succeeded<ExitStatus> ended -> new ExitCode(status(ended.value()));
      case NodeOutcome.Failed<ExitStatus> failed -> ExitCode.OK;
      case NodeOutcome.NotRun<ExitStatus> stopped -> ExitCode.OK;
    };
  }

  private static int status(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> exited.code();
      case ExitStatus.Signalled signalled -> SIGNALLED + number(signalled.name());
    };
  }

  /** As POSIX and every system number them. */
  private static int number(String signal) {
    return switch (signal) {
      case "HUP" -> 1;
      case "INT" -> 2;
      case "QUIT" -> 3;
      case "ABRT" -> 6;
      case "KILL" -> 9;
      case "SEGV" -> 11;
      case "PIPE" -> 13;
      case "ALRM" -> 14;
      case "TERM" -> 15;
      default -> 0;
    };
  }
}
