package io.codeploy.multiquery.ssh.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a set of ssh_config files says, read once and asked per host. Immutable.
 *
 * <p>Semantics are those of ssh_config(5): blocks are tried in order, the first value of a keyword
 * wins, {@code IdentityFile} and a few others accumulate, an included file holds under the
 * conditions of the block that includes it.
 */
public final class SshConfig {
  /** A part of a file, in order. */
  sealed interface Item {
    record Directive(ConfigLine line) implements Item {}

    /** A {@code Host} line, which holds up to the next such or {@code Match} line. */
    record Host(ConfigLine line) implements Item {}

    record Match(MatchCriteria criteria) implements Item {}

    record Included(List<Item> items) implements Item {}
  }

  /**
   * Whom the files are asked about.
   *
   * @param host as given, before {@code HostName}
   * @param user login that is already decided, if any
   * @param port that is already decided, if any
   * @param tokens what is known of this machine, for {@code Match exec}
   */
  record Question(
      String host, Optional<String> user, OptionalInt port, String localUser, Tokens tokens) {}

  /** The directives that hold for a host, in the order of the files. */
  static final class Answer {
    private final List<ConfigLine> lines = new ArrayList<>();

    /** The line that wins. */
    Optional<ConfigLine> first(String... keywords) {
      for (ConfigLine line : lines) {
        for (String keyword : keywords) {
          if (line.keyword().equals(keyword)) {
            return Optional.of(line);
          }
        }
      }
      return Optional.empty();
    }

    List<ConfigLine> all(String keyword) {
      List<ConfigLine> all = new ArrayList<>();
      for (ConfigLine line : lines) {
        if (line.keyword().equals(keyword)) {
          all.add(line);
        }
      }
      return all;
    }

    private void add(ConfigLine line) {
      if (lines.stream().noneMatch(line::standsWhere)) {
        lines.add(line);
      }
    }
  }

  private final List<List<Item>> files;

  SshConfig(List<List<Item>> files) {
    this.files = List.copyOf(files);
  }

  Answer ask(Question question, ConditionRunner runner)
      throws UnsupportedDirectiveException, InterruptedException {
    Pass first = new Pass(question, question.host(), false, new Answer());
    read(first, runner);
    if (hasMatch("final")) {
      read(first.again(), runner);
    }
    return first.answer();
  }

  private void read(Pass pass, ConditionRunner runner)
      throws UnsupportedDirectiveException, InterruptedException {
    for (List<Item> file : files) {
      collect(file, true, pass, runner);
    }
  }

  private static void collect(
      List<Item> items, boolean outerHolds, Pass pass, ConditionRunner runner)
      throws UnsupportedDirectiveException, InterruptedException {
    boolean holds = outerHolds;
    for (Item item : items) {
      switch (item) {
        case Item.Host host -> holds = outerHolds && pass.holds(host.line());
        case Item.Match match -> holds = outerHolds && pass.holds(match.criteria(), runner);
        case Item.Directive directive -> {
          if (holds && pass.takes(directive.line())) {
            pass.answer().add(directive.line());
          }
        }
        case Item.Included included -> collect(included.items(), holds, pass, runner);
      }
    }
  }

  /** Whether a {@code ProxyCommand} is in the files, whatever hosts it is for. */
  public boolean hasProxyCommand() {
    return files.stream().anyMatch(SshConfig::hasProxyCommand);
  }

  private static boolean hasProxyCommand(List<Item> items) {
    return items.stream()
        .anyMatch(
            item ->
                switch (item) {
                  case Item.Directive directive -> ReachSettings.isProxyCommand(directive.line());
                  case Item.Included included -> hasProxyCommand(included.items());
                  case Item.Host host -> false;
                  case Item.Match match -> false;
                });
  }

  /** Whether a {@code Match exec} is in the files. */
  boolean runsCommands() {
    return hasMatch("exec");
  }

  private boolean hasMatch(String criterion) {
    return files.stream().anyMatch(file -> hasMatch(file, criterion));
  }

  private static boolean hasMatch(List<Item> items, String criterion) {
    return items.stream()
        .anyMatch(
            item ->
                switch (item) {
                  case Item.Match match -> match.criteria().has(criterion);
                  case Item.Included included -> hasMatch(included.items(), criterion);
                  case Item.Host host -> false;
                  case Item.Directive directive -> false;
                });
  }

  /** The words of all {@code Host} lines in order, patterns and negations among them. */
  public List<String> hosts() {
    return files.stream().flatMap(SshConfig::hosts).toList();
  }

  private static Stream<String> hosts(List<Item> items) {
    return items.stream()
        .flatMap(
            item ->
                switch (item) {
                  case Item.Host host -> host.line().arguments().stream();
                  case Item.Included included -> hosts(included.items());
                  case Item.Match match -> Stream.empty();
                  case Item.Directive directive -> Stream.empty();
                });
  }
}
