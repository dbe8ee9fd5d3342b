package io.codeploy.multiquery.command;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The remote command as it was typed. */
final class CommandText {
  /** A packet of 256 KiB is what OpenSSH takes; it hangs up on a larger one. */
  private static final int MOST_BYTES = 250_000;

  /** What a JVM makes of an argument's bytes that are no text. */
  private static final char NO_TEXT = '\uFFFD';

  private CommandText() {}

  /**
   * All words joined by blanks, as the original had it.
   *
   * @throws UsageException if it is none, or would not arrive as it is
   */
  static String of(List<String> words) throws UsageException {
    String command = String.join(" ", words);
    if (command.isBlank()) {
      throw new UsageException("a command is wanted");
    }
    if (command.indexOf(NO_TEXT) >= 0) {
      throw new UsageException(
          "the command is not UTF-8 and would not arrive as typed; write such bytes as $(printf"
              + " '\\351')");
    }
    int bytes = command.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new UsageException(
          "the command is of %d bytes, more than servers take; send it as input: -I sh <FILE"
              .formatted(bytes));
    }
    return command;
  }
}
