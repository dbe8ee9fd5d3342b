package io.codeploy.multiquery.shell;

import java.util.Optional;
import java.util.Set;

/**
 * A text that is one simple command or one pipeline of them, as a POSIX shell reads it, and that
 * can be told so without knowing the shell's grammar: whatever is more than words, quotes, plain
 * variables, redirections and bars is taken for something else.
 *
 * @param text without the blanks around it
 * @param name the first word, which is literal, no reserved word and no builtin that runs another
 *     command
 * @param alone one command without redirections: when its program is not the shell's own, bash
 *     becomes that program
 */
record SingleCommand(String text, String name, boolean alone) {
  private static final Set<String> RESERVED =
      Set.of(
          "if",
          "then",
          "else",
          "elif",
          "fi",
          "do",
          "done",
          "case",
          "esac",
          "while",
          "until",
          "for",
          "in",
          "function",
          "time",
          "select",
          "coproc");

  /**
   * Builtins that run another command, read a text or end up in place of the shell: what bash makes
   * of these as the last of its text it does not make of them when it evaluates the text.
   */
  private static final Set<String> RUNNING =
      Set.of("command", "builtin", "exec", "eval", "source", ".");

  private static final String LITERAL =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-:@,";

  /** The characters that begin what is more. */
  private static final String MORE = "`;&()\n\r#";

  /** The characters that begin no word. */
  private static final String NO_WORD = MORE + "<>|";

  static Optional<SingleCommand> in(String text) {
    Reader reader = new Reader(text.replaceAll("^[ \t\n]+|[ \t\n]+$", ""));
    return reader.readsAll()
        ? Optional.of(new SingleCommand(reader.text, reader.first, !reader.more))
        : Optional.empty();
  }

  /** Reads a text once, from the left. */
  private static final class Reader {
    private final String text;
    private int at;
    private String first = "";

    /** There was a bar or a redirection. */
    private boolean more;

    Reader(String text) {
      this.text = text;
    }

    boolean readsAll() {
      first = name();
      if (first.isEmpty()) {
        return false;
      }
      while (at < text.length()) {
        if (!step()) {
          return false;
        }
      }
      return true;
    }

    /** The name of a command, with the blanks around it; empty if it is none for us. */
    private String name() {
      skipBlanks();
      int start = at;
      while (at < text.length() && LITERAL.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String name = text.substring(start, at);
      boolean ends = at == text.length() || is(' ') || is('\t') || is('|');
      boolean taken = !name.startsWith("-") && !RESERVED.contains(name) && !RUNNING.contains(name);
      return ends && taken ? name : "";
    }

    private void skipBlanks() {
      while (is(' ') || is('\t')) {
        at++;
      }
    }

    private boolean is(char c) {
      return at < text.length() && text.charAt(at) == c;
    }

    /** Takes what comes next. */
    private boolean step() {
      char c = text.charAt(at++);
      return switch (c) {
        case '\'' -> singleQuoted();
        case '"' -> doubleQuoted();
        case '\\' -> at < text.length() && text.charAt(at++) != '\n';
        case '$' -> variable();
        case '|' -> bar();
        case '<', '>' -> redirection(c);
        default -> MORE.indexOf(c) < 0;
      };
    }

    private boolean singleQuoted() {
      at = text.indexOf('\'', at) + 1;
      return at > 0;
    }

    private boolean doubleQuoted() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        switch (c) {
          case '"' -> {
            return true;
          }
          case '\\' -> at++;
          case '`' -> {
            return false;
          }
          case '$' -> {
            if (!variable()) {
              return false;
            }
          }
          default -> {}
        }
      }
      return false;
    }

    /** {@code $} and no bracket or quote. */
    private boolean variable() {
      return at == text.length() || "({['\"".indexOf(text.charAt(at)) < 0;
    }

    private boolean bar() {
      more = true;
      return !name().isEmpty();
    }

    /** To or from a file or another descriptor. */
    private boolean redirection(char kind) {
      more = true;
      if (is('&') || (kind == '>' && is('>'))) {
        at++;
      }
      skipBlanks();
      return at < text.length() && NO_WORD.indexOf(text.charAt(at)) < 0;
    }
  }
}
