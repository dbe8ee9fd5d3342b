package io.codeploy.multicopy.command;

import io.codeploy.multiquery.command.FailedNodes;
import io.codeploy.multiquery.command.FailedNodesOptions;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options on what is told of a run.
 *
 * @param form of what is told of each node
 * @param inOrder whether nodes come in the order of the list
 * @param progress how often is told how far it is
 * @param summary whether the end is summed up
 * @param failedNodes where nodes that failed are written
 */
record ReportOptions(
    Form form,
    boolean inOrder,
    Progress progress,
    boolean summary,
    Optional<FailedNodes> failedNodes) {
  /** What is told of each node. */
  enum Form {
    CLASSIC,
    JSON,
    NONE
  }

  /** When is told how far a run is. */
  sealed interface Progress {
    /** All the time, on a terminal. */
    record Live() implements Progress {}

    /** In lines. */
    record Every(Duration interval) implements Progress {}

    /** Never. */
    record Never() implements Progress {}
  }

  ReportOptions {
    Objects.requireNonNull(progress, "progress is null");
    Objects.requireNonNull(form, "form is null");
    Objects.requireNonNull(failedNodes, "failedNodes is null");
  }

  static void addTo(CommandSpec spec) {
    spec.addOption(Options.flag("a JSON object a line for each node", "--json"));
    spec.addOption(
        Options.text(
            "S",
            "how far it is, every S seconds on stderr; on a terminal that is told all the time,"
                + " unless 0 (MQ_PROGRESS)",
            "--progress"));
    spec.addOption(Options.flag("nothing of nodes and no summary", "-q", "--quiet"));
    spec.addOption(Options.flag("no summary at the end", "--no-summary"));
    FailedNodesOptions.addTo(spec);
  }

  static ReportOptions of(OptionValues options) throws UsageException {
    boolean quiet = options.flag("quiet");
    Form form = options.flag("json") ? Form.JSON : Form.CLASSIC;
    return new ReportOptions(
        quiet ? Form.NONE : form,
        options.flag("order"),
        progress(options, quiet),
        !quiet && !options.flag("no-summary"),
        FailedNodesOptions.of(options));
  }

  private static Progress progress(OptionValues options, boolean quiet) throws UsageException {
    Optional<Duration> interval = options.seconds("progress");
    if (quiet || interval.filter(Duration::isZero).isPresent()) {
      return new Progress.Never();
    }
    return interval.isPresent() ? new Progress.Every(interval.get()) : new Progress.Live();
  }
}
