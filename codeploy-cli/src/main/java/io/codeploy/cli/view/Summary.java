package io.codeploy.cli.view;

import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.cli.deploy.NodeReport;
import io.codeploy.cli.deploy.NodeResult;
import io.codeploy.multiquery.node.NodeNames;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import io.codeploy.multiquery.output.Cause;
import io.codeploy.multiquery.output.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The end of a run in words, a few lines however many nodes there are. */
final class Summary {
  private static final int SLOWEST = 3;

  private record Slow(String name, Duration elapsed) {}

  private final List<NodeReport> reports = new ArrayList<>();
  private final List<Slow> finished = new ArrayList<>();
  private final Map<Cause, List<String>> failed = new EnumMap<>(Cause.class);
  private final Map<NotRun.Reason, List<String>> notRun = new EnumMap<>(NotRun.Reason.class);
  private final DeployResult result;

  private Summary(DeployResult result) {
    this.result = result;
    result.nodes().forEach(this::sort);
  }

  static List<String> lines(DeployResult result) {
    Summary summary = new Summary(result);
    List<String> lines = new ArrayList<>();
    lines.add(summary.verdict());
    summary.failed.forEach((cause, names) -> lines.add("  " + cause.text() + ": " + named(names)));
    summary.notRun.forEach(
        (why, names) -> lines.add("  not done, " + said(why) + ": " + named(names)));
    if (!summary.reports.isEmpty()) {
      lines.add(summary.paths());
      lines.add(summary.traffic());
      lines.add("slowest: " + summary.slowest());
    }
    lines.add("elapsed: " + Figures.seconds(result.elapsed()));
    return lines;
  }

  private void sort(NodeResult node) {
    String name = node.node().name();
    switch (node.outcome()) {
      case Succeeded<NodeReport> succeeded -> {
        reports.add(succeeded.value());
        finished.add(new Slow(name, succeeded.elapsed()));
      }
      case Failed<NodeReport> failure ->
          failed.computeIfAbsent(Cause.of(failure.failure()), cause -> new ArrayList<>()).add(name);
      case NotRun<NodeReport> stopped ->
          notRun.computeIfAbsent(stopped.reason(), reason -> new ArrayList<>()).add(name);
    }
  }

  private static String said(NotRun.Reason reason) {
    return switch (reason) {
      case INTERRUPTED -> "the run was stopped";
      case HALTED -> "too many others had failed";
      case NOT_NEEDED -> "enough others were there";
    };
  }

  private String verdict() {
    int all = result.nodes().size();
    int done = reports.size();
    return done == all
        ? Figures.count(all, "node") + ": all have the tree"
        : Figures.count(all, "node") + ": " + done + " have the tree, " + (all - done) + " do not";
  }

  private String paths() {
    Counts sum = reports.stream().map(NodeReport::counts).reduce(Summary::sum).orElseThrow();
    return String.format(
        Locale.ROOT,
        "paths on all nodes: %,d created, %,d updated, %,d attributes, %,d deleted, %,d unchanged",
        sum.created(),
        sum.updated(),
        sum.attributes(),
        sum.deleted(),
        sum.unchanged());
  }

  private String traffic() {
    long origin = result.originBytes();
    long star = result.deliveredBytes();
    String share = star == 0 ? "" : String.format(Locale.ROOT, " (%.1f %%)", 100.0 * origin / star);
    return "origin sent "
        + Figures.bytes(origin)
        + "; nodes received "
        + Figures.bytes(star)
        + ", all of which a star would have sent"
        + share;
  }

  private String slowest() {
    return finished.stream()
        .sorted(Comparator.comparing(Slow::elapsed).reversed())
        .limit(SLOWEST)
        .map(slow -> slow.name() + " " + Figures.seconds(slow.elapsed()))
        .collect(Collectors.joining(", "));
  }

  private static String named(List<String> names) {
    return NodeNames.fold(names) + " (" + names.size() + ")";
  }

  private static Counts sum(Counts a, Counts b) {
    return new Counts(
        a.unchanged() + b.unchanged(),
        a.created() + b.created(),
        a.updated() + b.updated(),
        a.attributes() + b.attributes(),
        a.deleted() + b.deleted());
  }
}
