package io.codeploy.multiquery.shell;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A script of our own for a node, whatever its login shell is. */
public final class Script {
  private Script() {}

  /** One word of a POSIX shell, whatever {@code text} holds but NUL. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * The command that replaces the login shell by {@code sh}, which runs {@code script} with {@code
   * arguments} as {@code $1}, {@code $2}, …; neither has a NUL. Together they may have some tens of
   * kilobytes.
   */
  public static String command(String script, List<String> arguments) {
    return commandOfBytes(
        script, arguments.stream().map(a -> a.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** The same with arguments that need not be text. */
  public static String commandOfBytes(String script, List<byte[]> arguments) {
    StringBuilder command = new StringBuilder(256 + 2 * script.length());
    command
        .append("exec sh -c '")
        .append(Frame.CLOSE_COPIES)
        .append("mq=$(printf %bx \"$1\"); shift; for a do shift; a=$(printf %bx \"$a\"); ")
        .append("set -- \"$@\" \"${a%x}\"; done; eval \"${mq%x}\"' multicopy '")
        .append(Encoded.text(script))
        .append('\'');
    for (byte[] argument : arguments) {
      command.append(" '").append(Encoded.bytes(argument)).append('\'');
    }
    return command.toString();
  }
}
