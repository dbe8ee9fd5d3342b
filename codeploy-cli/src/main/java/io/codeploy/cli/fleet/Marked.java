package io.codeploy.cli.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code key=value} lines that one of our scripts printed between its two markers, in order.
 * Whatever stands around the markers, such as the greeting of a profile, is not looked at.
 */
record Marked(List<Line> lines) {
  private static final String BEGIN = "@@codeploy-begin";
  private static final String END = "@@codeploy-end";

  record Line(String key, String value) {}

  Marked {
    lines = List.copyOf(lines);
  }

  /** Reads what a script printed; empty when a marker is missing, since then it was cut off. */
  static Optional<Marked> parse(String output) {
    List<String> all = output.lines().map(String::stripTrailing).toList();
    int begin = all.lastIndexOf(BEGIN);
    if (begin < 0) {
      return Optional.empty();
    }
    List<String> rest = all.subList(begin + 1, all.size());
    int end = rest.indexOf(END);
    return end < 0 ? Optional.empty() : Optional.of(new Marked(split(rest.subList(0, end))));
  }

  /** The first value of {@code key}, unless it is missing or blank. */
  Optional<String> first(String key) {
    return all(key).stream().findFirst().filter(value -> !value.isBlank());
  }

  /** Every value of {@code key}. */
  List<String> all(String key) {
    return lines.stream().filter(line -> line.key.equals(key)).map(Line::value).toList();
  }

  /** The lines whose key starts with {@code prefix}, without it. */
  Marked below(String prefix) {
    return new Marked(
        lines.stream()
            .filter(line -> line.key.startsWith(prefix))
            .map(line -> new Line(line.key.substring(prefix.length()), line.value))
            .toList());
  }

  private static List<Line> split(List<String> texts) {
    List<Line> lines = new ArrayList<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals > 0) {
        lines.add(new Line(text.substring(0, equals), text.substring(equals + 1)));
      }
    }
    return lines;
  }
}
