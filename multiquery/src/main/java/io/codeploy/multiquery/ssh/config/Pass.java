package io.codeploy.multiquery.ssh.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One reading of the files on behalf of a host, and what it has gathered so far. OpenSSH reads them
 * twice where a {@code Match final} is met: the second time with what {@code HostName} says for the
 * name, and without changing what the first has settled.
 *
 * @param host that {@code Host} lines are compared with
 */
record Pass(SshConfig.Question question, String host, boolean last, SshConfig.Answer answer) {
  /** Whether a {@code Host} line holds. Case counts, as in OpenSSH. */
  boolean holds(ConfigLine hostLine) {
    return HostPatterns.matchExactly(hostLine.arguments(), host);
  }

  /** Whether a directive counts: with the second reading the name is settled, as in OpenSSH. */
  boolean takes(ConfigLine directive) {
    return !last || !directive.keyword().equals("hostname");
  }

  /** Whether a {@code Match} line holds; commands are run only where all before them holds. */
  boolean holds(MatchCriteria match, ConditionRunner runner)
      throws UnsupportedDirectiveException, InterruptedException {
    for (MatchCriteria.Criterion criterion : match.criteria()) {
      if (holds(match.line(), criterion, runner) == criterion.negated()) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(ConfigLine line, MatchCriteria.Criterion criterion, ConditionRunner runner)
      throws UnsupportedDirectiveException, InterruptedException {
    List<String> patterns = Arrays.asList(criterion.argument().split(",", -1));
    return switch (criterion.name()) {
      case "all" -> true;
      case "canonical", "final" -> last;
      case "host" -> HostPatterns.match(patterns, targetName());
      case "originalhost" -> HostPatterns.match(patterns, question.host());
      case "user" -> HostPatterns.matchExactly(patterns, user());
      case "localuser" -> HostPatterns.matchExactly(patterns, question.localUser());
      case "tagged" ->
          HostPatterns.matchExactly(
              patterns, answer.first("tag").map(ConfigLine::value).orElse(""));
      case "exec" -> runner.run(line, tokens().expand(line, criterion.argument()));
      default -> throw new IllegalStateException("unchecked criterion " + criterion.name());
    };
  }

  /** The name to connect to, as far as it is known. */
  String targetName() {
    if (last) {
      return host;
    }
    String asked = question.host();
    return answer
        .first("hostname")
        .map(line -> line.value().replace("%h", asked).replace("%%", "%"))
        .orElse(asked);
  }

  private String user() {
    Optional<String> decided = question.user();
    return decided
        .or(() -> answer.first("user").map(ConfigLine::value))
        .orElse(question.localUser());
  }

  private Tokens tokens() {
    String port =
        question.port().isPresent()
            ? Integer.toString(question.port().getAsInt())
            : answer.first("port").map(ConfigLine::value).orElse("22");
    return question
        .tokens()
        .with(
            Map.of(
                'h', targetName(),
                'n', question.host(),
                'k', answer.first("hostkeyalias").map(ConfigLine::value).orElse(question.host()),
                'j', ReachSettings.lastJump(answer),
                'p', port,
                'r', user(),
                'u', question.localUser()));
  }

  /** The second pass. */
  Pass again() {
    return new Pass(question, targetName().toLowerCase(Locale.ROOT), true, answer);
  }
}
