package io.codeploy.multicopy.pull;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a node was asked for: it may name no other source. Where a pattern was asked for, the words
 * before its first sign and after its last have to be there in each name; what is in between is not
 * looked at, since that depends on the node's locale.
 *
 * @param paths names and patterns, in wire form
 */
record Asked(List<String> paths) {
  private static final String SIGNS = "*?[";

  Asked {
    paths = List.copyOf(paths);
  }

  /**
   * Whether this may be one of the sources.
   *
   * @param path as the node tells it, without a slash at its end
   * @param name what the node calls it
   */
  boolean covers(String path, String name) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    // What the directory is called that it is in or above, only the node can tell.
    boolean open = last.equals(".") || last.equals("..");
    return (open || last.equals(name)) && paths.stream().anyMatch(asked -> isOf(asked, path));
  }

  private static boolean isOf(String asked, String path) {
    String plain = asked.replaceFirst("(?<=.)/+$", "");
    if (!Glob.isPattern(asked)) {
      return Glob.literal(plain).equals(path);
    }
    String[] patterns = plain.split("/", -1);
    String[] names = path.split("/", -1);
    // A pattern may be a name, too, which a shell takes it for where it matches nothing.
    return plain.equals(path)
        || (patterns.length == names.length
            && IntStream.range(0, names.length).allMatch(i -> fits(patterns[i], names[i])));
  }

  private static boolean fits(String pattern, String name) {
    StringBuilder begin = new StringBuilder();
    StringBuilder end = new StringBuilder();
    boolean signs = false;
    for (int i = 0; i < pattern.length(); i++) {
      boolean quoted = pattern.charAt(i) == '\\' && i + 1 < pattern.length();
      i += quoted ? 1 : 0;
      char c = pattern.charAt(i);
      if (!quoted && (SIGNS.indexOf(c) >= 0 || (signs && c == ']'))) {
        signs = true;
        end.setLength(0);
      } else {
        (signs ? end : begin).append(c);
      }
    }
    if (!signs) {
      return name.contentEquals(begin);
    }
    return name.length() >= begin.length() + end.length()
        && name.startsWith(begin.toString())
        && name.endsWith(end.toString())
        && (!name.startsWith(".") || !begin.isEmpty() || pattern.startsWith("["));
  }
}
