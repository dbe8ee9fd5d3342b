package io.codeploy.multicopy.command;

import io.codeploy.multicopy.relay.AgentUse;
import io.codeploy.multicopy.relay.RelaySettings;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.fanout.Pace;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The options on large pushes that go through agents. */
final class RelayOptions {
  private static final String RELAY = "relay";
  private static final String ABOVE = "relay-above";
  private static final String AGENTS = "relay-agents";
  private static final String IDLE = "relay-idle";
  private static final String AGENT_DIR = "agent-dir";

  /** Less than this goes quicker than the agents can be asked. */
  private static final long DEFAULT_ABOVE_BYTES = 1 << 20;

  private static final Duration DEFAULT_IDLE = Duration.ofHours(1);

  /** Nodes of a relayed push wait for each other; those beyond come later. */
  private static final int MOST_AT_ONCE = 128;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmMgG]?)");

  private RelayOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.flag(
            "let nodes get large pushes from each other, by codeploy's agents (MQ_RELAY=1)",
            "--" + RELAY));
    spec.addOption(
        Options.text(
            "SIZE",
            "the same for nodes that lack SIZE or more, such as 50M (MQ_RELAY_ABOVE)",
            "--" + ABOVE));
    spec.addOption(
        Options.text(
            "running|start|install",
            "which agents to use; install, the default, where a push is larger (MQ_RELAY_AGENTS)",
            "--" + AGENTS));
    spec.addOption(
        Options.text(
            "TIME",
            "after which idle agents end that were started here, default 1h (MQ_RELAY_IDLE)",
            "--" + IDLE));
    spec.addOption(Options.text("DIR", "of agents on nodes, default .codeploy", "--" + AGENT_DIR));
  }

  /** How to relay; empty for not at all. */
  static Optional<RelaySettings> of(OptionValues options, Surroundings surroundings)
      throws UsageException {
    Optional<String> above = options.text(ABOVE);
    if (!options.flag(RELAY) && above.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RelaySettings(
            above.isEmpty() ? DEFAULT_ABOVE_BYTES : bytes(options, above.get()),
            agents(options),
            idle(options),
            options.onNodes(AGENT_DIR, ".codeploy"),
            surroundings.distribution(),
            surroundings.cacheDirectory()));
  }

  /** That of a relayed run: a window that nobody asked for only keeps nodes apart. */
  static Pace pace(Pace asked) {
    return switch (asked.release()) {
      case Release.Fixed fixed -> asked;
      case Release.Adaptive adaptive -> wide(asked, Math.min(adaptive.most(), MOST_AT_ONCE));
    };
  }

  private static Pace wide(Pace asked, int window) {
    return new Pace(
        new Release.Fixed(window, asked.release().most()),
        asked.throttle(),
        asked.spacing(),
        asked.halt(),
        asked.barrier(),
        asked.deadline());
  }

  private static long bytes(OptionValues options, String text) throws UsageException {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw options.wrong(ABOVE, "a size such as 50M", text);
    }
    long number = Long.parseLong(size.group(1));
    return switch (size.group(2)) {
      case "k", "K" -> number << 10;
      case "m", "M" -> number << 20;
      case "g", "G" -> number << 30;
      default -> number;
    };
  }

  private static AgentUse agents(OptionValues options) throws UsageException {
    return switch (options.text(AGENTS).orElse("install")) {
      case "running" -> AgentUse.RUNNING;
      case "start" -> AgentUse.START;
      case "install" -> AgentUse.INSTALL;
      case String other -> throw options.wrong(AGENTS, "running, start or install", other);
    };
  }

  private static Duration idle(OptionValues options) throws UsageException {
    String wanted = "a time such as 90s, 30m or 2h";
    Duration idle = options.time(IDLE, wanted).orElse(DEFAULT_IDLE);
    if (idle.isZero()) {
      throw options.wrong(IDLE, wanted, "0");
    }
    return idle;
  }
}
