package io.codeploy.multiquery.shell;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * A login shell that was started before its command is known: it has its watch (see {@code Watch})
 * and waits for the command's text on standard input. Only a bash in its usual state does so, from
 * version 4 on; any other shell, one whose start-up files have set options or traps, and one that
 * runs in place of a forced command end at once.
 *
 * <p>The watch reads the text, line by line and no byte more, gives it to the shell by the pipe of
 * a command substitution, and goes on as a watch. If one of the two has ended before, the other
 * says so, also where the input ends without a text, and nothing is run.
 *
 * @param token of what it says and of the end of its text
 */
public record WaitingShell(Token token) {
  /** It is read a byte at a time. */
  private static final int MAX_BYTES = 4 << 10;

  /** Versions of bash without BASH_CMDS, as a pattern. */
  static final String TOO_OLD = "[123].*";

  public WaitingShell {
    Objects.requireNonNull(token, "token is null");
  }

  /** What it says on standard error, once it waits. */
  public String ready() {
    return token.says("waiting");
  }

  /** What it says, and then nothing more, when it ends without having run anything. */
  public String unused() {
    return token.says("unused");
  }

  /** What a login shell is to be given. */
  public String script() {
    return "test \"x$shell\" = x || set FISH_VERSION=csh; "
        + "test \"x$FISH_VERSION\" = x || exit 0; eval '"
        + "test -n \"$BASH_VERSION\" || exit 0; test \"x${SSH_ORIGINAL_COMMAND+x}\" = x || exit 0; "
        + "case $BASH_VERSION in "
        + TOO_OLD
        + ") exit 0;; esac; "
        + "case $- in *[^hBc]*) exit 0;; *h*) ;; *) exit 0;; esac; "
        + "if shopt -q expand_aliases || shopt -qo posix || test -n \"$(trap)\"; then exit 0; fi; "
        + "exec 3<&0 </dev/null; mq=$(sh -c "
        + Watch.quoted(Watch.wait(read()))
        + " mq $$ <&3 3<&- &); exec 3<&-; case \"$mq\" in *"
        + token
        + ") eval \"${mq%"
        + token
        + "}\";; *) printf %s \""
        + unused()
        + "\" >&2; exit 1;; esac'";
  }

  private String read() {
    return "trap \"\" PIPE; printf %s \""
        + ready()
        + "\" >&2; exec 4>&2 2>/dev/null; while IFS= read -r x || "
        + "{ kill -0 $1 || printf %s \""
        + unused()
        + "\" >&4; exit; }; do test \"$x\" = "
        + token
        + " && break; printf \"%s\\n\" \"$x\"; done; printf %s "
        + token
        + " || { printf %s \""
        + unused()
        + "\" >&4; exit; }; exec >/dev/null 4>&-; ";
  }

  /** What it waits for: the bytes that make it run {@code text}. */
  public byte[] input(String text) {
    return (text + "\n" + token + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The text that makes it do what {@code typed} does in a login shell, to the byte and the signal;
   * empty where that is not known. bash becomes the program of a simple command that is the last of
   * its text, but not when it evaluates the text; so it is told to.
   */
  static Optional<String> textOf(Place place, String typed) {
    return SingleCommand.in(typed)
        .map(command -> "unset mq; " + place.export() + "\n" + inBash(command))
        .filter(text -> text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES);
  }

  private static String inBash(SingleCommand command) {
    if (!command.alone()) {
      return command.text();
    }
    String name = command.name();
    String program =
        name.contains("/")
            ? "test -f " + name + " && test -x " + name
            : "hash " + name + " && hash -t " + name;
    String path = name.contains("/") ? name : "${BASH_CMDS[" + name + "]}";
    String text = command.text();
    return "if { declare -F "
        + name
        + " || ! { "
        + program
        + "; }; } >/dev/null 2>&1; then "
        + text
        + "; else _="
        + path
        + " exec "
        + text
        + "; fi";
  }
}
