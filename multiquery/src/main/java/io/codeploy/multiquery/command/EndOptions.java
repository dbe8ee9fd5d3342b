package io.codeploy.multiquery.command;

import java.nio.file.Path;
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
    spec.addOption(
        Options.text(
            "FILE", "write the nodes that failed; nodes now well leave it", "--failed-nodes"));
    spec.addOption(Options.flag("run on the nodes of that file", "--retry-failed"));
    spec.addOption(
        Options.flag("exit with the largest remote status; 255: none", "-S", "--largest-status"));
  }

  static EndOptions of(OptionValues options) throws UsageException {
    return new EndOptions(
        options.text("failed-nodes").map(Path::of).map(FailedNodes::new),
        options.flag("largest-status"));
  }

  /** The file that this run repeats, if it repeats one. */
  static Optional<FailedNodes> retried(OptionValues options) throws UsageException {
    if (!options.flag("retry-failed")) {
      return Optional.empty();
    }
    Optional<FailedNodes> file = of(options).failedNodes();
    if (file.isEmpty()) {
      throw new UsageException("--retry-failed wants --failed-nodes FILE");
    }
    return file;
  }
}
