package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.RetryRule;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** The options on limits and on trying again. */
final class LimitOptions {
  private LimitOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(Options.text("S", "limit for each node, 0 for none (MQ_TIMEOUT)", "--timeout"));
    spec.addOption(
        Options.text(
            "S", "limit for each attempt to connect (MQ_CONNECT_TIMEOUT)", "--connect-timeout"));
    spec.addOption(Options.text("S", "limit for the whole run (MQ_DEADLINE)", "--deadline"));
    spec.addOption(
        Options.text(
            "N", "attempts more where no connection came about (MQ_RETRIES)", "--retries"));
  }

  static RetryRule of(OptionValues options) throws UsageException {
    boolean none = options.text("retries").filter("0"::equals).isPresent();
    return new RetryRule(
        options.seconds("connect-timeout").orElse(Duration.ZERO),
        none ? 0 : options.count("retries").orElse(0));
  }
}
