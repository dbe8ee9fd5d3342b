package io.codeploy.multiquery.output;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeNames;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.NotRun.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line on how a run went: counts by cause with folded names, such as {@code 10 ok, 2 timed out
 * (n[01-02]), 1 unreachable (n07), 4.2 s}.
 */
public final class RunSummary {
  private final Map<Cause, List<String>> failed = new EnumMap<>(Cause.class);
  private final Map<String, List<String>> ended = new TreeMap<>();
  private final Map<Reason, List<String>> notRun = new EnumMap<>(Reason.class);
  private int ok;

  /** Counts a node by its outcome. */
  public void count(Node node, NodeOutcome<?> outcome) {
    switch (outcome) {
      case NodeOutcome.Succeeded<?> succeeded -> ok++;
      case NodeOutcome.Failed<?> failure -> countFailed(node, Cause.of(failure.failure()));
      case NodeOutcome.NotRun<?> stopped ->
          notRun.computeIfAbsent(stopped.reason(), any -> new ArrayList<>()).add(node.name());
    }
  }

  /** Counts a node whose command ended: it is ok if the command was. */
  public void count(Node node, ExitStatus status) {
    Verdict.of(status)
        .ifPresentOrElse(
            why -> ended.computeIfAbsent(why, any -> new ArrayList<>()).add(node.name()),
            () -> ok++);
  }

  private void countFailed(Node node, Cause cause) {
    failed.computeIfAbsent(cause, any -> new ArrayList<>()).add(node.name());
  }

  /** Whether every node counted was ok. */
  public boolean allOk() {
    return failed.isEmpty() && ended.isEmpty() && notRun.isEmpty();
  }

  /** The line, without a newline. */
  public String line(Duration elapsed) {
    List<String> parts = new ArrayList<>();
    parts.add(ok + " ok");
    failed.forEach((cause, names) -> parts.add(counted(names, cause.text())));
    ended.forEach((why, names) -> parts.add(counted(names, why)));
    notRun.forEach((why, names) -> parts.add(counted(names, text(why))));
    parts.add(String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0));
    return String.join(", ", parts);
  }

  private static String text(Reason reason) {
    return switch (reason) {
      case INTERRUPTED -> "not done";
      case HALTED -> "stopped by the halt";
      case NOT_NEEDED -> "not needed";
    };
  }

  private static String counted(List<String> names, String what) {
    return names.size() + " " + what + " (" + NodeNames.fold(names) + ")";
  }
}
