package io.codeploy.multiquery.command;

import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options on what a run leaves behind.
 *
 * @param failedNodes where nodes that failed are written
 * @param largestStatus whether the largest remote exit status is that of the command
 */
record EndOptions(Optional<FailedNodes> failedNodes, boolean largestStatus) {
  EndOptions {
    Objects.requireNonNull(failedNodes, "failedNodes is null");
  }

  static void addTo(CommandSpec spec) {
    FailedNodesOptions.addTo(spec);
    spec.addOption(
        Options.flag("exit with the largest remote status; 255: none", "-S", "--largest-status"));
  }

  static EndOptions of(OptionValues options) throws UsageException {
    return new EndOptions(FailedNodesOptions.of(options), options.flag("largest-status"));
  }
}
