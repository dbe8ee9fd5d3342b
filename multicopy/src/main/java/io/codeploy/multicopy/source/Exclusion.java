package io.codeploy.multicopy.source;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Names that a copy leaves out: they are neither sent nor fetched, replaced nor deleted, and
 * nothing below them is. A pure function over bytes, in {@link Wire} form.
 *
 * <p>Patterns are rsync's simple ones. {@code *} is any number of bytes but slashes, {@code **} any
 * at all, {@code ?} one, {@code [a-z]} and {@code [!a-z]} one of a set; a backslash takes the
 * meaning from the next. A pattern without a slash and without {@code **} is about the last name of
 * a path, any other about its end, from some name on. A slash at the start ties it to what is right
 * below a source; one at the end restricts it to directories. The first pattern that matches is as
 * good as any other: there is no way to take something back in.
 */
public final class Exclusion {
  private static final Exclusion NONE = new Exclusion(List.of());

  private final List<NamePattern> patterns;

  private Exclusion(List<NamePattern> patterns) {
    this.patterns = patterns;
  }

  /** Leaves out nothing. */
  public static Exclusion none() {
    return NONE;
  }

  /**
   * Leaves out what one of {@code patterns} means.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  public static Exclusion of(List<String> patterns) {
    return new Exclusion(patterns.stream().map(Exclusion::pattern).toList());
  }

  private static NamePattern pattern(String text) {
    if (text.startsWith("+ ") || text.equals("!")) {
      throw new IllegalArgumentException(
          "\"%s\": patterns only leave out; what is to be taken cannot be said"
              .formatted(Wire.text(text)));
    }
    try {
      return new NamePattern(text.startsWith("- ") ? text.substring(2) : text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\": %s".formatted(Wire.text(text), e.getMessage()), e);
    }
  }

  /** The patterns of a file: one a line, but for empty lines and those that begin with # or ;. */
  public static List<String> lines(String content) {
    return content
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
        .toList();
  }

  /** Whether it leaves out nothing. */
  public boolean isNone() {
    return patterns.isEmpty();
  }

  /**
   * Whether {@code path} is left out for its own sake. Who goes down a tree asks this of each name
   * and does not enter what is excluded.
   *
   * @param path with slashes; its first name is that of the source
   */
  public boolean excludes(String path, boolean directory) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(path, directory)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code path} or a directory that it is in is left out. */
  public boolean covers(String path, boolean directory) {
    return excludes(path, directory)
        || (!patterns.isEmpty()
            && IntStream.range(0, path.length())
                .filter(i -> path.charAt(i) == '/')
                .anyMatch(i -> excludes(path.substring(0, i), true)));
  }
}
