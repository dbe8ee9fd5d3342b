package io.codeploy.multicopy.pull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Shell patterns ({@code *}, {@code ?}, {@code [...]}) over any file system, name by name, so that
 * no remote shell is asked. As in a shell, a leading dot is matched only by a dot, and matches come
 * sorted; unlike in one, a pattern without a match is an error.
 */
public final class Glob {
  private static final Pattern SIGN = Pattern.compile("(?<!\\\\)(\\\\\\\\)*[*?\\[]");
  private static final Pattern QUOTED_SIGN = Pattern.compile("\\\\([*?\\[\\]])");

  private Glob() {}

  /**
   * The paths that {@code pattern} means, at least one.
   *
   * @throws NoSuchFileException if there is none
   */
  public static List<Path> expand(FileSystem files, String pattern) throws IOException {
    boolean absolute = pattern.startsWith("/");
    List<Path> matches = List.of(files.getPath(absolute ? "/" : "."));
    for (String name : pattern.split("/", -1)) {
      if (!name.isEmpty()) {
        matches = step(files, matches, name);
      }
    }
    if (matches.isEmpty()) {
      throw new NoSuchFileException(pattern);
    }
    return matches;
  }

  private static List<Path> step(FileSystem files, List<Path> parents, String name)
      throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path parent : parents) {
      if (isPattern(name)) {
        found.addAll(matching(files, parent, name));
      } else if (Files.exists(parent.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        found.add(parent.resolve(name));
      }
    }
    return found;
  }

  private static List<Path> matching(FileSystem files, Path parent, String name)
      throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    PathMatcher matcher = files.getPathMatcher("glob:" + name.replaceAll("[{}]", "\\\\$0"));
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
      for (Path child : children) {
        Path childName = child.getFileName();
        boolean hidden = childName.toString().startsWith(".");
        if (matcher.matches(childName) && (!hidden || name.startsWith("."))) {
          found.add(parent.resolve(childName.toString()));
        }
      }
    }
    found.sort(null);
    return found;
  }

  /** Whether {@code name} may stand for other names than itself: has a sign without a backslash. */
  public static boolean isPattern(String name) {
    return SIGN.matcher(name).find();
  }

  /** The name that a text means which is no pattern: backslashes before signs are left out. */
  static String literal(String text) {
    return QUOTED_SIGN.matcher(text).replaceAll("$1");
  }
}
