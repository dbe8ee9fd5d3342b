package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Expands {@code ~} and percent tokens in values of ssh_config. */
final class Tokens {
  private final Path home;
  private final Map<Character, String> values;

  /** A place for every {@code %} letter that may be used. */
  Tokens(Path home, Map<Character, String> values) {
    this.home = home;
    this.values = Map.copyOf(values);
  }

  /**
   * Expands percent tokens.
   *
   * @throws UnsupportedDirectiveException for a token that has no value here
   */
  String expand(ConfigLine line, String text) throws UnsupportedDirectiveException {
    if (text.contains("${")) {
      throw new UnsupportedDirectiveException(
          line, "environment variables are not expanded; write the value");
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        out.append(c);
      } else {
        char letter = ++i < text.length() ? text.charAt(i) : ' ';
        String value = letter == '%' ? "%" : values.get(letter);
        if (value == null) {
          throw new UnsupportedDirectiveException(line, "%" + letter + " is not known");
        }
        out.append(value);
      }
    }
    return out.toString();
  }

  /** Expands {@code ~} and percent tokens to a path; a relative one starts at the home. */
  Path path(ConfigLine line, String text) throws UnsupportedDirectiveException {
    String expanded = expand(line, text);
    if (expanded.equals("~")) {
      return home;
    }
    if (expanded.startsWith("~") && !expanded.startsWith("~/")) {
      throw new UnsupportedDirectiveException(line, "~user is not expanded; write the path");
    }
    return home.resolve(expanded.startsWith("~/") ? expanded.substring(2) : expanded);
  }

  /** As {@link #path}, with {@code none} for no file. */
  Optional<Path> pathOrNone(ConfigLine line, String text) throws UnsupportedDirectiveException {
    return text.equalsIgnoreCase("none") ? Optional.empty() : Optional.of(path(line, text));
  }
}
