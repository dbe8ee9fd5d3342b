package io.codeploy.multiquery.output;

/** Colours for a terminal, or none. */
public enum Colours {
  NONE("", "", "", ""),
  ANSI("\u001b[36m", "\u001b[32m", "\u001b[31m", "\u001b[0m");

  private final String name;
  private final String added;
  private final String removed;
  private final String reset;

  Colours(String name, String added, String removed, String reset) {
    this.name = name;
    this.added = added;
    this.removed = removed;
    this.reset = reset;
  }

  /** The name of a node or of several. */
  String name(String text) {
    return name + text + reset;
  }

  /** A line of a difference: {@code +}, {@code -} or neither. */
  String difference(String line) {
    return switch (line.charAt(0)) {
      case '+' -> added + line + reset;
      case '-' -> removed + line + reset;
      default -> line;
    };
  }
}
