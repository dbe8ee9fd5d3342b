package io.codeploy.multicopy.command;

import io.codeploy.multicopy.transfer.CopyLimits;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.connect.RetryRule;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The limits of a copy. MQ_TIMEOUT is time without progress, so that what is set for multiquery
 * never cuts a long healthy copy; {@code --timeout} is the whole of a node.
 */
final class LimitOptions {
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);
  private static final String TIMEOUT = "timeout";
  private static final String PROGRESS_TIMEOUT = "progress-timeout";
  private static final String RETRIES = "retries";

  private LimitOptions() {}

  /** Adds them to a command that has those of the house. */
  static void addTo(CommandSpec spec) {
    describe(spec, TIMEOUT, "limit for all of a node's copy; none by default");
    describe(
        spec,
        RETRIES,
        "attempts more where no connection came about, and to go on where one was lost"
            + " (MQ_RETRIES)");
    spec.addOption(
        Options.text(
            "S",
            "limit without progress of a node, 0 for none; 30 by default (MQ_TIMEOUT)",
            "--" + PROGRESS_TIMEOUT));
  }

  private static void describe(CommandSpec spec, String name, String description) {
    OptionSpec shared = spec.findOption("--" + name);
    spec.remove(shared);
    spec.addOption(OptionSpec.builder(shared).description(description).build());
  }

  static CopyLimits of(OptionValues options, RetryRule retries) throws UsageException {
    Optional<Duration> progress = options.seconds(PROGRESS_TIMEOUT);
    Optional<Duration> original = options.inEnvironment().seconds(TIMEOUT);
    return new CopyLimits(
        retries.attempt(),
        progress.or(() -> original).orElse(DEFAULT_LIMIT),
        options.typed().seconds(TIMEOUT).orElse(Duration.ZERO));
  }

  /** With a limit for each attempt to connect, since there may be none for the whole. */
  static RetryRule retries(RetryRule asked) {
    return asked.attempt().isZero() ? new RetryRule(DEFAULT_LIMIT, asked.retries()) : asked;
  }
}
