package io.codeploy.multicopy.command;

import io.codeploy.multiquery.command.FailedNodes;
import io.codeploy.multiquery.command.FailedNodesOptions;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options on what is told of a run.
 *
 * @param form of what is told of each node
 * @param inOrder whether nodes come in the order of the list
 * @param summary whether the end is summed up
 * @param failedNodes where nodes that failed are written
 */
record ReportOptions(
    Form form, boolean inOrder, boolean summary, Optional<FailedNodes> failedNodes) {
  /** What is told of each node. */
  enum Form {
    CLASSIC,
    JSON,
    NONE
  }

  ReportOptions {
    Objects.requireNonNull(form, "form is null");
    Objects.requireNonNull(failedNodes, "failedNodes is null");
  }

  static void addTo(CommandSpec spec) {
    spec.addOption(Options.flag("a JSON object a line for each node", "--json"));
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
        !quiet && !options.flag("no-summary"),
        FailedNodesOptions.of(options));
  }
}
