package io.codeploy.chunkcache.ignore;

import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/**
 * A line of gitignore syntax, which speaks of whole paths: not of what is below a directory that
 * matches.
 *
 * @param negated takes back what earlier lines say
 * @param anchored about the path, not about its last name alone
 */
record IgnorePattern(
    boolean negated, boolean directoriesOnly, boolean anchored, Wildcards<List<Integer>> path) {

  /** Empty if {@code line} is blank, a comment, or, as in git, has a bracket that does not end. */
  static Optional<IgnorePattern> parse(String line) {
    String trimmed = trimmed(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    boolean negated = trimmed.startsWith("!");
    String pattern = negated ? trimmed.substring(1) : trimmed;
    boolean directoriesOnly = pattern.endsWith("/");
    String path = directoriesOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
    if (line.startsWith("#") || path.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new IgnorePattern(
              negated,
              directoriesOnly,
              path.contains("/"),
              Glob.read(path.startsWith("/") ? path.substring(1) : path)));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether this is about what is at a path.
   *
   * @param names of the path, their characters
   */
  boolean matches(List<List<Integer>> names, boolean directory) {
    return (directory || !directoriesOnly)
        && path.matches(anchored ? names : names.subList(names.size() - 1, names.size()));
  }

  /** Without the blanks at the end; one behind a backslash stays. */
  private static String trimmed(String line) {
    int end = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
        end = Math.min(i + 1, line.length());
      } else if (line.charAt(i) != ' ') {
        end = i + 1;
      }
    }
    return line.substring(0, end);
  }
}
