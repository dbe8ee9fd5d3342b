package io.codeploy.chunkcache.ignore;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Patterns in gitignore syntax, one a line, and the directory of a tree that they are about.
 *
 * @param below {@code ""} for the root, else the directory's path with a slash at its end
 */
public record IgnorePatterns(String below, String patterns) {
  public IgnorePatterns {
    Objects.requireNonNull(below, "below is null");
    Objects.requireNonNull(patterns, "patterns is null");
    if (!below.isEmpty() && !below.endsWith("/")) {
      throw new IllegalArgumentException("a directory without a slash at its end: " + below);
    }
  }

  /** The same without comments, empty lines and what is no pattern. */
  public IgnorePatterns condensed() {
    return new IgnorePatterns(
        below,
        lines()
            .filter(line -> IgnorePattern.parse(line).isPresent())
            .collect(Collectors.joining("\n")));
  }

  Stream<String> lines() {
    return Arrays.stream(patterns.split("\n"));
  }
}
