package io.codeploy.multiquery.ssh.config;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The conditions of {@code Host} and {@code Match} lines. */
final class MatchCriteria {
  private static final Set<String> WITH_PATTERNS =
      Set.of("host", "originalhost", "user", "localuser");
  private static final Set<String> ALONE = Set.of("all", "canonical");

  private MatchCriteria() {}

  /** Refuses a {@code Match} line with a criterion that cannot be decided here. */
  static void check(ConfigLine line) throws SshConfigException {
    if (!line.keyword().equals("match")) {
      return;
    }
    Iterator<String> words = line.arguments().iterator();
    while (words.hasNext()) {
      String criterion = name(words.next());
      if (ALONE.contains(criterion)) {
        continue;
      }
      if (!WITH_PATTERNS.contains(criterion)) {
        throw new SshConfigException(
            line.file(),
            line.number(),
            "Match " + criterion + " is not supported; known are all, " + known());
      }
      if (!words.hasNext()) {
        throw new SshConfigException(
            line.file(), line.number(), "Match " + criterion + " has no pattern");
      }
      words.next();
    }
  }

  private static String known() {
    return String.join(", ", WITH_PATTERNS.stream().sorted().toList());
  }

  private static String name(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.startsWith("!") ? lower.substring(1) : lower;
  }

  /** Whether a checked line holds, given what earlier lines have said. */
  static boolean holds(ConfigLine line, SshConfig.Question question, SshConfig.Answer soFar) {
    if (line.keyword().equals("host")) {
      return HostPatterns.match(line.arguments(), question.host());
    }
    boolean holds = true;
    Iterator<String> words = line.arguments().iterator();
    while (words.hasNext()) {
      String word = words.next();
      boolean one =
          switch (name(word)) {
            case "all" -> true;
            // Names are never canonicalised here, so no second pass takes place.
            case "canonical" -> false;
            default -> matches(name(word), words.next(), question, soFar);
          };
      holds &= one != word.startsWith("!");
    }
    return holds;
  }

  private static boolean matches(
      String criterion, String patterns, SshConfig.Question question, SshConfig.Answer soFar) {
    String subject =
        switch (criterion) {
          case "host" ->
              soFar
                  .first("hostname")
                  .map(l -> l.value().replace("%h", question.host()))
                  .orElse(question.host());
          case "originalhost" -> question.host();
          case "user" ->
              question
                  .user()
                  .or(() -> soFar.first("user").map(ConfigLine::value))
                  .orElse(question.localUser());
          case "localuser" -> question.localUser();
          default -> throw new IllegalStateException("unchecked criterion " + criterion);
        };
    return HostPatterns.match(List.of(patterns.split(",")), subject);
  }
}
