package io.codeploy.agent.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The agent's command line. */
sealed interface Arguments {
  /** {@code [run] --dir DIR --version V --listen ADDRESS [--idle-out …] [--store-quota …]}. */
  record Run(AgentSettings settings) implements Arguments {}

  /** {@code relay --dir DIR}. */
  record Relay(Path dir) implements Arguments {}

  /** Anything else, with a line that says why. */
  record Wrong(String why) implements Arguments {}

  /** For the terminal. */
  String USAGE =
      """
      Usage: node-agent --dir DIR --version VERSION --listen ADDRESS [--home DIR]
                        [--idle-out 24h] [--store-quota BYTES|PERCENT%]
             node-agent relay --dir DIR
      """;

  /**
   * Parses {@code args}.
   *
   * @param home of the login
   */
  static Arguments parse(List<String> args, Path home) {
    boolean relay = !args.isEmpty() && args.get(0).equals("relay");
    boolean named = relay || (!args.isEmpty() && args.get(0).equals("run"));
    try {
      Map<String, String> options =
          options(
              args.subList(named ? 1 : 0, args.size()),
              relay
                  ? Set.of("--dir")
                  : Set.of(
                      "--dir", "--version", "--listen", "--home", "--idle-out", "--store-quota"));
      Path dir = home.resolve(required(options, "--dir")).toAbsolutePath();
      return relay ? new Relay(dir) : new Run(settings(options, dir, home));
    } catch (IllegalArgumentException e) {
      return new Wrong(String.valueOf(e.getMessage()));
    }
  }

  private static AgentSettings settings(Map<String, String> options, Path dir, Path home) {
    return new AgentSettings(
        dir,
        required(options, "--version"),
        required(options, "--listen"),
        duration(options.getOrDefault("--idle-out", "24h")),
        StoreQuota.parse(options.getOrDefault("--store-quota", "10%")),
        home.resolve(options.getOrDefault("--home", "")).toAbsolutePath());
  }

  private static Map<String, String> options(List<String> args, Set<String> known) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.size(); i += 2) {
      if (!known.contains(args.get(i))) {
        throw new IllegalArgumentException("unknown option " + args.get(i));
      }
      if (i + 1 == args.size()) {
        throw new IllegalArgumentException(args.get(i) + " needs a value");
      }
      options.put(args.get(i), args.get(i + 1));
    }
    return options;
  }

  private static String required(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  private static Duration duration(String text) {
    Matcher matcher = Pattern.compile("([1-9][0-9]{0,8})([smhd])").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a time such as 90s, 30m, 24h or 7d: " + text);
    }
    long value = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(value);
      case "m" -> Duration.ofMinutes(value);
      case "h" -> Duration.ofHours(value);
      default -> Duration.ofDays(value);
    };
  }
}
