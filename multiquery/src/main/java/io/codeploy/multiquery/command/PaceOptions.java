package io.codeploy.multiquery.command;

import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.Spacing;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;

/** The options on the pace of a run: how many nodes at once, how far apart. */
final class PaceOptions {
  /** What an adaptive window starts with: no server minds so many. */
  private static final int START = 8;

  /** However many files may be open. */
  private static final int MOST = 1024;

  private static final String AUTO = "auto";

  private PaceOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "N|auto",
            "nodes under way at once; auto, the default, finds out (MQ_MAXLOAD)",
            "--maxload"));
    spec.addOption(
        Options.text(
            "N", "at most so many past their connection at once (MQ_RELEASE)", "--release"));
    spec.addOption(Options.text("S", "least time between two launches (MQ_DELAY)", "--delay"));
    spec.addOption(Options.text("S", "at most so much more, by chance (MQ_JITTER)", "--jitter"));
    BarrierOptions.addTo(spec);
    HaltOptions.addTo(spec);
  }

  static Pace of(OptionValues options) throws UsageException {
    OptionalInt throttle = options.count("release");
    return new Pace(
        release(options, throttle),
        throttle.isPresent() ? Optional.of(fixed(throttle.getAsInt())) : Optional.empty(),
        new Spacing(
            options.seconds("delay").orElse(Duration.ZERO),
            options.seconds("jitter").orElse(Duration.ZERO)),
        HaltOptions.of(options),
        BarrierOptions.of(options),
        options.seconds("deadline").orElse(Duration.ZERO));
  }

  private static Release release(OptionValues options, OptionalInt throttle) throws UsageException {
    if (options.text("maxload").filter(AUTO::equals).isEmpty()) {
      OptionalInt given = options.count("maxload");
      if (given.isPresent()) {
        return fixed(given.getAsInt());
      }
    }
    // Connections are made ahead of a throttle, so that it is never idle.
    return throttle.isPresent()
        ? fixed(2 * throttle.getAsInt())
        : new Release.Adaptive(START, MOST);
  }

  private static Release.Fixed fixed(int window) {
    return new Release.Fixed(window, Math.max(window, MOST));
  }
}
