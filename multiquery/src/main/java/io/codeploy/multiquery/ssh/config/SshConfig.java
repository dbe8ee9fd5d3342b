package io.codeploy.multiquery.ssh.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a set of ssh_config files says, read once and asked per host. Immutable.
 *
 * <p>Semantics are those of ssh_config(5): blocks are tried in order, the first value of a keyword
 * wins, {@code IdentityFile} accumulates, an included file holds under the conditions of the block
 * that includes it.
 */
public final class SshConfig {
  /** A part of a file, in order. */
  sealed interface Item {
    record Directive(ConfigLine line) implements Item {}

    /** A {@code Host} or {@code Match} line, which holds up to the next one. */
    record Selector(ConfigLine line) implements Item {}

    record Included(List<Item> items) implements Item {}
  }

  /**
   * Whom the files are asked about.
   *
   * @param host as given, before {@code HostName}
   * @param user login that is already decided, if any
   */
  record Question(String host, Optional<String> user, String localUser) {}

  /** The directives that hold for a host, in the order of the files. */
  static final class Answer {
    private final Map<String, List<ConfigLine>> lines = new HashMap<>();

    /** The line that wins. */
    Optional<ConfigLine> first(String keyword) {
      return all(keyword).stream().findFirst();
    }

    List<ConfigLine> all(String keyword) {
      return lines.getOrDefault(keyword, List.of());
    }

    private void add(ConfigLine line) {
      lines.computeIfAbsent(line.keyword(), k -> new ArrayList<>()).add(line);
    }
  }

  private final List<List<Item>> files;

  SshConfig(List<List<Item>> files) {
    this.files = List.copyOf(files);
  }

  Answer ask(Question question) {
    Answer answer = new Answer();
    for (List<Item> file : files) {
      collect(file, true, question, answer);
    }
    return answer;
  }

  private static void collect(
      List<Item> items, boolean outerHolds, Question question, Answer answer) {
    boolean holds = outerHolds;
    for (Item item : items) {
      switch (item) {
        case Item.Selector selector ->
            holds = outerHolds && MatchCriteria.holds(selector.line(), question, answer);
        case Item.Directive directive -> {
          if (holds) {
            answer.add(directive.line());
          }
        }
        case Item.Included included -> collect(included.items(), holds, question, answer);
      }
    }
  }
}
