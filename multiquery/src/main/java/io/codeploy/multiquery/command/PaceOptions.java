package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.Pace;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** The options on the pace of a run. */
final class PaceOptions {
  private static final int DEFAULT_WINDOW = 32;

  private PaceOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(Options.text("S", "least time between two launches (MQ_DELAY)", "--delay"));
    spec.addOption(
        Options.text("N", "nodes under way at once, default 32 (MQ_MAXLOAD)", "--maxload"));
  }

  static Pace of(OptionValues options) throws UsageException {
    return new Pace(
        options.count("maxload").orElse(DEFAULT_WINDOW),
        options.seconds("delay").orElse(Duration.ZERO));
  }
}
