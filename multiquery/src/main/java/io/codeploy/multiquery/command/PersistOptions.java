package io.codeploy.multiquery.command;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The option that keeps sessions for the next run. */
final class PersistOptions {
  private static final String NAME = "persist";

  private PersistOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "TIME",
            "keep sessions for the next run, such as 10m; 0 or off: do not (MQ_PERSIST)",
            "--persist"));
  }

  /** How long to keep sessions; empty for not at all. */
  static Optional<Duration> of(OptionValues options) throws UsageException {
    if (options.text(NAME).filter("off"::equals).isPresent()) {
      return Optional.empty();
    }
    return options
        .time(NAME, "a time such as 90s, 10m or 2h, or off")
        .filter(time -> !time.isZero());
  }

  /** Whether the command line says that nothing is to be kept. */
  static boolean refused(OptionValues options) throws UsageException {
    return options.typed().text(NAME).isPresent() && of(options).isEmpty();
  }
}
