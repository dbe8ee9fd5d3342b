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
    StringBuilder command = new StringBuilder(1024 + 2 * script.length());
    command
        .append("exec sh -c '")
        .append(Frame.CLOSE_COPIES)
        .append(OneLine.DECODE)
        .append("mqr=$1; shift; eval \"$mqr\"' multicopy ")
        .append(OneLine.WORDS)
        .append(" '")
        .append(OneLine.text(script))
        .append('\'');
    for (byte[] argument : arguments) {
      command.append(" '").append(OneLine.bytes(argument)).append('\'');
    }
    return command.toString();
  }
}
