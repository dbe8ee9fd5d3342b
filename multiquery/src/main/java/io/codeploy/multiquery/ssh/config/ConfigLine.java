package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One directive of an ssh_config file.
 *
 * @param keyword in lower case, old names replaced by the present ones
 * @param arguments at least one, quotes removed; the whole rest of the line for commands
 */
record ConfigLine(Path file, int number, String keyword, List<String> arguments) {
  /** Their argument is the rest of the line as it stands: a shell takes the quotes off. */
  private static final Set<String> COMMANDS =
      Set.of("proxycommand", "localcommand", "remotecommand", "knownhostscommand");

  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "identityfile2", "identityfile",
          "dsaauthentication", "pubkeyauthentication",
          "pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms",
          "hostbasedkeytypes", "hostbasedacceptedalgorithms");

  ConfigLine {
    arguments = List.copyOf(arguments);
  }

  /**
   * Parses {@code text}: keyword, blanks or one equals sign, arguments; quotes keep blanks
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
    while (end < line.length() && !Words.isBlank(line.charAt(end)) && line.charAt(end) != '=') {
      end++;
    }
    String name = line.substring(0, end).toLowerCase(Locale.ROOT);
    String keyword = OLD_NAMES.getOrDefault(name, name);
    String rest = line.substring(end).strip();
    if (rest.startsWith("=")) {
      rest = rest.substring(1).strip();
    }
    Optional<List<String>> words =
        COMMANDS.contains(keyword) && !rest.isEmpty()
            ? Optional.of(List.of(rest))
            : Words.split(rest);
    if (words.isEmpty()) {
      throw new SshConfigException(file, number, "a quote is not closed");
    }
    if (words.get().isEmpty()) {
      throw new SshConfigException(file, number, keyword + " has no argument");
    }
    return Optional.of(new ConfigLine(file, number, keyword, words.get()));
  }

  /** The first argument. */
  String value() {
    return arguments.getFirst();
  }

  /**
   * Whether it is the same line of the same file; a record's own way takes 10 ms the first time.
   */
  boolean standsWhere(ConfigLine other) {
    return number == other.number && file.equals(other.file);
  }

  /** Where it stands, for messages. */
  String place() {
    return file + ":" + number;
  }
}
