package io.codeploy.multiquery.ssh.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the arguments of a line apart, quotes and backslashes as ssh_config has them. */
final class Words {
  private Words() {}

  /** The words up to the end or a comment; empty if a quote is not closed. */
  static Optional<List<String>> split(String text) {
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
      char quote = 0;
      while (at < text.length() && (quote != 0 || !isBlank(text.charAt(at)))) {
        char c = text.charAt(at++);
        if (c == '\\' && at < text.length() && isEscaped(text.charAt(at), quote)) {
          word.append(text.charAt(at++));
        } else if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      }
      if (quote != 0) {
        return Optional.empty();
      }
      words.add(word.toString());
    }
  }

  private static boolean isEscaped(char c, char quote) {
    return c == '\'' || c == '"' || c == '\\' || (quote == 0 && c == ' ');
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }
}
