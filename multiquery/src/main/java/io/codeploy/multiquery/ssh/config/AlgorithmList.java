package io.codeploy.multiquery.ssh.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A list of algorithms as ssh_config has it: names in the order of preference, or a change to the
 * defaults, {@code +} appends, {@code -} takes away, {@code ^} puts in front.
 */
public final class AlgorithmList {
  private final ConfigLine line;
  private final char mode;
  private final List<String> patterns;

  private AlgorithmList(ConfigLine line, char mode, List<String> patterns) {
    this.line = line;
    this.mode = mode;
    this.patterns = patterns;
  }

  static AlgorithmList of(ConfigLine line) {
    String text = String.join(",", line.arguments());
    boolean changes = "+-^".indexOf(text.charAt(0)) >= 0;
    List<String> patterns = Arrays.asList(text.substring(changes ? 1 : 0).split(",", -1));
    return new AlgorithmList(line, changes ? text.charAt(0) : '=', patterns);
  }

  /**
   * The algorithms to offer. Names that are not among {@code all} are passed over while others are
   * left.
   *
   * @param defaults those that are offered without a list
   * @param all those that can be had
   * @throws UnsupportedDirectiveException if none is left
   */
  public <A> List<A> choose(List<A> defaults, List<A> all, Function<A, String> name)
      throws UnsupportedDirectiveException {
    List<A> chosen = new ArrayList<>();
    if (mode == '-') {
      defaults.stream()
          .filter(a -> !HostPatterns.matchExactly(patterns, name.apply(a)))
          .forEach(chosen::add);
    } else {
      if (mode == '+') {
        chosen.addAll(defaults);
      }
      for (String pattern : patterns) {
        all.stream()
            .filter(a -> !chosen.contains(a) && HostPatterns.glob(pattern, name.apply(a)))
            .forEach(chosen::add);
      }
      if (mode == '^') {
        defaults.stream().filter(a -> !chosen.contains(a)).forEach(chosen::add);
      }
    }
    if (chosen.isEmpty()) {
      throw new UnsupportedDirectiveException(
          line, "none of them is known here; known are " + names(all, name));
    }
    return chosen;
  }

  private static <A> String names(List<A> all, Function<A, String> name) {
    return String.join(",", all.stream().map(name).toList());
  }

  @Override
  public String toString() {
    return line.place() + ": " + line.keyword() + " " + line.value();
  }
}
