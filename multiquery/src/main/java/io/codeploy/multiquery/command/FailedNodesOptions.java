package io.codeploy.multiquery.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The options on the file of nodes that failed, for commands that keep one. */
public final class FailedNodesOptions {
  private FailedNodesOptions() {}

  /** Adds {@code --failed-nodes} and {@code --retry-failed}. */
  public static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "FILE", "write the nodes that failed; nodes now well leave it", "--failed-nodes"));
    spec.addOption(Options.flag("run on the nodes of that file", "--retry-failed"));
  }

  /** Where nodes that failed are written. */
  public static Optional<FailedNodes> of(OptionValues options) {
    return options.text("failed-nodes").map(Path::of).map(FailedNodes::new);
  }

  /** The file that this run repeats, if it repeats one. */
  static Optional<FailedNodes> retried(OptionValues options) throws UsageException {
    if (!options.flag("retry-failed")) {
      return Optional.empty();
    }
    Optional<FailedNodes> file = of(options);
    if (file.isEmpty()) {
      throw new UsageException("--retry-failed wants --failed-nodes FILE");
    }
    return file;
  }

  /**
   * Looks whether nodes that fail can be noted, before anything is done to them.
   *
   * @throws IOException that tells why they cannot
   */
  public static void check(OptionValues options) throws IOException {
    Optional<FailedNodes> file = of(options);
    if (file.isPresent()) {
      file.get().check();
    }
  }
}
