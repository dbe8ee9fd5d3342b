package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One directive of an ssh_config file.
 *
 * @param keyword in lower case
 * @param arguments at least one, quotes removed
 */
public record ConfigLine(Path file, int number, String keyword, List<String> arguments) {
  public ConfigLine {
    arguments = List.copyOf(arguments);
  }

  /**
   * Parses {@code text}: keyword, blanks or one equals sign, arguments; double quotes keep blanks
   * together, an unquoted {@code #} at the start of a word ends the line.
   *
   * @return empty for a blank line or a comment
   */
  static Optional<ConfigLine> parse(Path file, int number, String text) throws SshConfigException {
    String line = text.strip();
    if (line.isEmpty() || line.charAt(0) == '#') {
      return Optional.empty();
    }
    int end = 0;
    while (end < line.length() && !isBlank(line.charAt(end)) && line.charAt(end) != '=') {
      end++;
    }
    String keyword = line.substring(0, end).toLowerCase(Locale.ROOT);
    String rest = line.substring(end).strip();
    if (rest.startsWith("=")) {
      rest = rest.substring(1);
    }
    Optional<List<String>> words = words(rest);
    if (words.isEmpty()) {
      throw new SshConfigException(file, number, "a double quote is not closed");
    }
    if (words.get().isEmpty()) {
      throw new SshConfigException(file, number, keyword + " has no argument");
    }
    return Optional.of(new ConfigLine(file, number, keyword, words.get()));
  }

  private static Optional<List<String>> words(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
      if (at == text.length() || text.charAt(at) == '#') {
        return Optional.of(words);
      }
      StringBuilder word = new StringBuilder();
      boolean quoted = false;
      while (at < text.length() && (quoted || !isBlank(text.charAt(at)))) {
        char c = text.charAt(at++);
        if (c == '"') {
          quoted = !quoted;
        } else if (c == '\\' && at < text.length() && "\"\\".indexOf(text.charAt(at)) >= 0) {
          word.append(text.charAt(at++));
        } else {
          word.append(c);
        }
      }
      if (quoted) {
        return Optional.empty();
      }
      words.add(word.toString());
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** The first argument. */
  String value() {
    return arguments.getFirst();
  }

  /** Where it stands, for messages. */
  String place() {
    return file + ":" + number;
  }
}
