package io.codeploy.multicopy.push;

import io.codeploy.multiquery.shell.Script;
import java.util.ArrayList;
import java.util.List;

/** Words for a POSIX shell, and commands with many of them. */
final class Words {
  /** A program takes some more; busybox and old systems take 128 KiB in all. */
  private static final int LIMIT_CHARS = 48 << 10;

  private Words() {}

  /** {@code path}, below the base directory. */
  static String inBase(String path) {
    return Script.quoted("./" + path);
  }

  /** {@code path}, below the stage, which is in {@code $s}. */
  static String inStage(String path) {
    return "\"$s\"" + Script.quoted("/" + path);
  }

  /**
   * A command for all of {@code words}, or several where they are too many for one. What fails is
   * noted.
   */
  static List<String> commands(String begin, List<String> words, String end) {
    List<String> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    for (String word : words) {
      if (command.length() > 0 && command.length() + word.length() > LIMIT_CHARS) {
        commands.add(noting(begin + command + end));
        command.setLength(0);
      }
      command.append(' ').append(word);
    }
    if (command.length() > 0) {
      commands.add(noting(begin + command + end));
    }
    return commands;
  }

  /** A command whose complaint and failure are noted. */
  static String noting(String command) {
    return command + " 2>>\"$e\" || bad=1";
  }
}
