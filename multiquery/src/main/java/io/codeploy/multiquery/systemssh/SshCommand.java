package io.codeploy.multiquery.systemssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A program and its first arguments, such as {@code ssh -F file -o GSSAPIAuthentication=yes}.
 *
 * @param words never empty
 */
record SshCommand(List<String> words) {
  SshCommand {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("no words");
    }
  }

  /**
   * Takes a command line apart as a shell does: blanks, both kinds of quotes, backslashes; nothing
   * is expanded.
   *
   * @throws IOException if there is no word, or a quote without its end
   */
  static SshCommand parse(String text) throws IOException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
        }
        begun = false;
        continue;
      }
      begun = true;
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote && quote != 0) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    if (quote != 0 || words.isEmpty()) {
      throw new IOException(
          "--ssh-command or MQ_SSH_COMMAND has to be a command line such as"
              + " ssh -o GSSAPIAuthentication=yes, not \""
              + text
              + "\"");
    }
    return new SshCommand(words);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
