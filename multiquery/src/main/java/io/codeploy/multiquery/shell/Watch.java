package io.codeploy.multiquery.shell;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The set-up of a command on its node, for any POSIX shell and without a single quote or an
 * exclamation mark, which other shells would not leave alone.
 *
 * <p>Standard input of the channel becomes a leash: a small {@code sh} in the background, a member
 * of the command's process group, holds it and waits for its end. The end comes when the client
 * lets go or is gone, and also when the command has ended, which its process id tells apart. In the
 * first case the whole group gets TERM, which the watcher ignores, and after a grace KILL, which
 * ends the watcher as well; as long as it lives nobody else can have the group's number. What a
 * command that has ended left in the background is not touched.
 *
 * <p>Nothing is killed unless the command or {@code MQ_WATCH_GROUP} leads a process group: a server
 * that gives its commands none of their own must not be hit itself.
 */
final class Watch {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * What follows the input on the leash, so that its end is told from the end of the client. More
   * than a {@code head} with a buffer may swallow.
   */
  static final String TRAILER = ".".repeat(16 << 10);

  /** What could end the watch early. {@code TMOUT} ends a {@code read} where sh is bash. */
  private static final String IGNORE = "trap \"\" HUP INT QUIT TERM; unset TMOUT; ";

  /** $1 is the command's process id, $2 the process group where that leads none. */
  private static final String HEAD = IGNORE + "kill -0 -$1 || kill -0 -$2 || mq=no; ";

  private static final String WAIT = "while read -r x; do :; done; ";

  private static final String END_GROUP =
      "kill -0 $1 || exit; kill -TERM 0; sleep " + GRACE.toSeconds() + "; kill -KILL 0";

  private static final String TAIL = "test \"$mq\" = no && exit; " + END_GROUP;

  private static final String PIPE =
      "for mq_in in \"${TMPDIR:-/tmp}\" \"$HOME\" /dev/shm; do mq_in=$mq_in/.mq.$$;"
          + " mkfifo -m 600 \"$mq_in\" 2>/dev/null && break; mq_in=; done;"
          + " test -n \"$mq_in\" ||"
          + " { echo \"multiquery: no place for a named pipe; use --plain\" >&2; exit 1; }; ";

  private Watch() {}

  /**
   * The set-up. Afterwards standard input is {@code /dev/null}, or a pipe that carries the input.
   *
   * @param inputBytes length of the input that comes first on the leash, if there is any
   */
  static String setUp(OptionalLong inputBytes) {
    if (inputBytes.isEmpty()) {
      return "exec 3<&0 </dev/null; " + watcher(WAIT + TAIL, "") + "exec 3<&-; ";
    }
    String script = feed(inputBytes.getAsLong()) + TAIL;
    return "exec 3<&0; "
        + PIPE
        // mksh has another PPID in a subshell.
        + "MQ_WATCH_PARENT=${MQ_WATCH_PARENT:-$PPID}; "
        + watcher(script, " \"$mq_in\" \"$MQ_WATCH_PARENT\"")
        + "exec 3<&- <\"$mq_in\"; rm -f \"$mq_in\"; unset mq_in; ";
  }

  /**
   * $3 is a named pipe. It stays open when the client goes, lest a part pass for the whole. While
   * the command does not read what fills pipe and leash, the end of the leash cannot be seen;
   * meanwhile the end of $4 is waited for, the process of the server that serves the connection, if
   * it is one that can be looked at.
   */
  private static String feed(long bytes) {
    return "(test \"$mq\" = no && exit; kill -0 $4 || exit; while kill -0 $4; do sleep 1; done; "
        + END_GROUP
        + ") & mq_poll=$!; exec 4>\"$3\"; head -c "
        + bytes
        + " >&4 && test -n \"$(head -c 1)\" && exec 4>&-; kill -KILL $mq_poll;"
        + " cat >/dev/null; ";
  }

  /**
   * What goes on as a watch, for {@link WaitingShell}; the first word is the process id of a shell
   * that leads a process group.
   */
  static String wait(String before) {
    return IGNORE + "kill -0 -$1 || mq=no; " + before + WAIT + TAIL;
  }

  /** {@code script} as a word within double quotes. */
  static String quoted(String script) {
    return "\"" + script.replace("\"", "\\\"").replace("$", "\\$") + "\"";
  }

  /**
   * Starts {@code script} in the background of a {@code sh}, which ends at once: the command's
   * shell has then no child that its {@code wait} or a program in its place would wait for. It is
   * the {@code sh} that forks for it, since a fork of a login shell costs several of a small one;
   * and what is in the background has no standard input but by way of a descriptor. By its path the
   * {@code sh} is not remembered by the shell, whose {@code hash} and {@code type} would tell.
   */
  private static String watcher(String script, String more) {
    return "/bin/sh -c "
        + quoted(HEAD + "exec 3<&0; { exec <&3 3<&-; " + script + "; } &")
        + " mq $$ \"${MQ_WATCH_GROUP:-$$}\""
        + more
        + " <&3 >/dev/null 2>&1; ";
  }
}
