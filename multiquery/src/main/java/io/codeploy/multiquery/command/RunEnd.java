package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.FileTrouble;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is left to do when a run is over: sum it up, note who failed, tell how it went.
 *
 * @param command in whose name is spoken
 * @param summary whether the end is summed up
 * @param failedNodes where nodes that failed are noted
 */
public record RunEnd(
    String command, boolean summary, Optional<FailedNodes> failedNodes, PrintStream err) {
  /**
   * How a run went.
   *
   * @param summary a line, where there is something to tell
   * @param well nodes that leave the file of those that failed
   * @param failed nodes that get into it
   */
  public record Report(
      Optional<String> summary, List<Node> well, List<Node> failed, ExitCode code) {
    public Report {
      Objects.requireNonNull(summary, "summary is null");
      well = List.copyOf(well);
      failed = List.copyOf(failed);
      Objects.requireNonNull(code, "code is null");
    }

    /**
     * Of a run in which a node is well or has no result.
     *
     * @param outcomes one per node, in the same order
     */
    public static Report of(
        Optional<String> summary,
        List<Node> nodes,
        List<? extends NodeOutcome<?>> outcomes,
        ExitCode code) {
      List<Node> well = new ArrayList<>();
      List<Node> failed = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        (outcomes.get(i) instanceof NodeOutcome.Succeeded<?> ? well : failed).add(nodes.get(i));
      }
      return new Report(summary, well, failed, code);
    }
  }

  public RunEnd {
    Objects.requireNonNull(command, "command is null");
    Objects.requireNonNull(failedNodes, "failedNodes is null");
    Objects.requireNonNull(err, "err is null");
  }

  /**
   * Does so.
   *
   * @param complaint of a view that could not do its part
   */
  public ExitCode of(Report report, Optional<String> complaint) {
    if (summary) {
      report.summary().ifPresent(this::say);
    }
    Optional<String> unwritten = note(report);
    complaint.ifPresent(this::say);
    unwritten.ifPresent(this::say);
    return complaint.or(() -> unwritten).isPresent()
        ? report.code().or(ExitCode.USAGE)
        : report.code();
  }

  private Optional<String> note(Report report) {
    try {
      if (failedNodes.isPresent()) {
        failedNodes.get().update(report.well(), report.failed());
      }
      return Optional.empty();
    } catch (IOException e) {
      return failedNodes.map(list -> list.unwritable(FileTrouble.reason(e)));
    }
  }

  private void say(String line) {
    err.println(command + ": " + Printable.line(line));
  }
}
