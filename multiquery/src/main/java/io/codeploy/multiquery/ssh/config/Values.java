package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ssh_config answers about a host, as values of their kinds. A value that cannot be read is
 * refused with file and line.
 */
record Values(SshConfig.Answer answer, Tokens tokens) {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})([smhdw]?)");
  private static final Map<String, Integer> UNIT_SECONDS =
      Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86_400, "w", 604_800);

  /** The line that wins among those of the keywords. */
  Optional<ConfigLine> line(String... keywords) {
    return answer.first(keywords);
  }

  List<ConfigLine> all(String keyword) {
    return answer.all(keyword);
  }

  Optional<String> text(String keyword) {
    return line(keyword).map(ConfigLine::value);
  }

  boolean flag(String keyword) throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = line(keyword);
    if (line.isEmpty()) {
      return false;
    }
    return switch (line.get().value().toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw new UnsupportedDirectiveException(line.get(), "neither yes nor no");
    };
  }

  OptionalInt number(String keyword, int least, int most) throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = line(keyword);
    if (line.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(line.get().value());
      if (number >= least && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new UnsupportedDirectiveException(
        line.get(), "not a number between " + least + " and " + most);
  }

  /** A time such as {@code 90}, {@code 5m} or {@code 1h30m}; {@code none} is zero. */
  Optional<Duration> time(String keyword) throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = line(keyword);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String text = line.get().value().toLowerCase(Locale.ROOT);
    if (text.equals("none")) {
      return Optional.of(Duration.ZERO);
    }
    Duration sum = Duration.ZERO;
    int at = 0;
    Matcher part = TIME.matcher(text);
    while (part.find(at) && part.start() == at) {
      long seconds = Long.parseLong(part.group(1)) * UNIT_SECONDS.getOrDefault(part.group(2), 1);
      sum = sum.plusSeconds(seconds);
      at = part.end();
    }
    if (at == 0 || at < text.length()) {
      throw new UnsupportedDirectiveException(line.get(), "not a time such as 30 or 5m");
    }
    return Optional.of(sum);
  }

  /** Paths of the line that wins; {@code none} is no path. */
  List<Path> paths(String keyword, List<Path> byDefault) throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = line(keyword);
    if (line.isEmpty()) {
      return byDefault;
    }
    List<Path> paths = new ArrayList<>();
    for (String argument : line.get().arguments()) {
      tokens.pathOrNone(line.get(), argument).ifPresent(paths::add);
    }
    return paths;
  }

  /** Paths of all lines of the keyword. */
  List<Path> allPaths(String keyword) throws UnsupportedDirectiveException {
    List<Path> paths = new ArrayList<>();
    for (ConfigLine line : all(keyword)) {
      tokens.pathOrNone(line, line.value()).filter(p -> !paths.contains(p)).ifPresent(paths::add);
    }
    return paths;
  }
}
