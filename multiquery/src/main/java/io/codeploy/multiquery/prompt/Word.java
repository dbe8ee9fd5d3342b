package io.codeploy.multiquery.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands to the prompt. */
enum Word {
  ALL("", "make all of the session the current nodes"),
  HELP("", "tell this"),
  HISTORY("", "tell the lines typed so far"),
  NODES("[EXPR]", "tell the current nodes, or those of EXPR"),
  ON("EXPR COMMAND", "run COMMAND once on those of EXPR"),
  QUIT("", "leave; so does Ctrl-D"),
  RECONNECT("[EXPR]", "drop the connections to the current nodes, or to those of EXPR"),
  SETS("", "tell the result sets of the last run"),
  TIMEOUT("[S]", "tell or set the limit of each node, 0 for none"),
  USE("EXPR", "make these the current nodes"),
  VIEW("[NAME]", "tell or set how output is shown: " + String.join(", ", View.texts()));

  private final String arguments;
  private final String meaning;

  Word(String arguments, String meaning) {
    this.arguments = arguments;
    this.meaning = meaning;
  }

  /** As it is typed, with its colon. */
  String text() {
    return ":" + name().toLowerCase(Locale.ROOT);
  }

  /** Those that {@code typed} may be the beginning of; the only one where it is whole. */
  static List<Word> of(String typed) {
    Optional<Word> whole =
        Arrays.stream(values()).filter(word -> word.text().equals(typed)).findFirst();
    return whole.isPresent()
        ? List.of(whole.get())
        : Arrays.stream(values()).filter(word -> word.text().startsWith(typed)).toList();
  }

  /** What help says of it. */
  String help() {
    return "%-24s %s".formatted((text() + " " + arguments).strip(), meaning);
  }
}
