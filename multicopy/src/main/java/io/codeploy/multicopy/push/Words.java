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

  /** Whether {@code sha256sum} has ways of its own with such a name. */
  static boolean isOdd(String path) {
    return path.indexOf('\\') >= 0 || path.indexOf('\n') >= 0 || path.indexOf('\r') >= 0;
  }

  /**
   * A command for all of {@code words}, or several where they are too many for one. What fails is
   * noted.
   */
  static List<String> commands(String begin, List<String> words, String end) {
    return groups(words).stream().map(group -> noting(begin + group + end)).toList();
  }

  /** As many words as a command takes, with a blank before each. */
  static List<String> groups(List<String> words) {
    List<String> groups = new ArrayList<>();
    StringBuilder group = new StringBuilder();
    for (String word : words) {
      if (group.length() > 0 && group.length() + word.length() > LIMIT_CHARS) {
        groups.add(group.toString());
        group.setLength(0);
      }
      group.append(' ').append(word);
    }
    if (group.length() > 0) {
      groups.add(group.toString());
    }
    return groups;
  }

  /** A command whose complaint and failure are noted. */
  static String noting(String command) {
    return command + " 2>>\"$e\" || bad=1";
  }
}
