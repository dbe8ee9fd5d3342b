package io.codeploy.multiquery.shell;

import java.nio.charset.StandardCharsets;

/**
 * The text for a login shell of whatever kind: a line that sets things up, then the command as it
 * was typed.
 *
 * <p>A POSIX shell (bash, dash, zsh, ksh, busybox) runs the set-up itself and goes on with the
 * command: same process, same start-up files, same status, only that its messages count one line
 * more. csh and fish, which cannot redirect their own input, are told by a variable of theirs; they
 * are replaced by {@code sh}, which sets things up and is replaced by the login shell once more.
 * The line must therefore be one that all of them can read.
 */
final class Frame {
  /** Linux takes no argument of 128 KiB. */
  private static final int MAX_BYTES = (128 << 10) - 1;

  /** csh is started with copies of its streams, which {@code exec} would hand on. */
  static final String CLOSE_COPIES = "exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-; ";

  private static final String EVAL = "; eval '";

  private Frame() {}

  /** {@code setUp} is for a POSIX shell and has no single quote. */
  static String of(String setUp, String command) {
    return "test \"x$shell\" = x || set FISH_VERSION=csh; "
        + "test \"x$FISH_VERSION\" = x || "
        + decoding(setUp + "; exec \"${SHELL:-sh}\" -c \"$mq\"", command)
        + EVAL
        + setUp
        + "'\n"
        + command;
  }

  /** {@code framed} with {@code more}, which has no single quote either, before its set-up. */
  static String preceded(String more, String framed) {
    // What comes before is encoded or has no quote, so the first is the one.
    int at = framed.indexOf(EVAL);
    return at < 0
        ? framed
        : framed.substring(0, at) + EVAL + more + framed.substring(at + EVAL.length());
  }

  /** Runs {@code framed} as root. {@code prompt} is what sudo asks for a password with. */
  static String sudo(String prompt, String framed) {
    return decoding(
        "exec sudo -S -p \""
            + prompt
            + "\" -- env MQ_WATCH_GROUP=$$ MQ_WATCH_PARENT=$PPID \"${SHELL:-sh}\" -c \"$mq\"",
        framed);
  }

  /** Whether a node takes a command of this length. */
  static boolean fits(String framed) {
    return framed.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  /** Replaces any shell by {@code sh}, which runs {@code script} with the text in {@code $mq}. */
  private static String decoding(String script, String text) {
    return "exec sh -c '"
        + CLOSE_COPIES
        + "mq=$(printf %bx \"$1\"); mq=${mq%x}; "
        + script
        + "' mq '"
        + Encoded.text(text)
        + "'";
  }
}
