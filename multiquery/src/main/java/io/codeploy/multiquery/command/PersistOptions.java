package io.codeploy.multiquery.command;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The option that keeps sessions for the next run. */
final class PersistOptions {
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh]?)");
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
    Optional<String> text = options.text(NAME).filter(t -> !t.equals("off"));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher time = TIME.matcher(text.get());
    if (!time.matches()) {
      throw options.wrong(NAME, "a time such as 90s, 10m or 2h, or off", text.get());
    }
    long number = Long.parseLong(time.group(1));
    Duration duration =
        switch (time.group(2)) {
          case "h" -> Duration.ofHours(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofSeconds(number);
        };
    return Optional.of(duration).filter(d -> !d.isZero());
  }

  /** Whether the command line says that nothing is to be kept. */
  static boolean refused(OptionValues options) throws UsageException {
    return options.typed().text(NAME).isPresent() && of(options).isEmpty();
  }
}
