package io.codeploy.multiquery.node;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folds names that differ in one number: {@code n01 n02 n03 n17 web} is {@code n[01-03,17],web}.
 * Leading zeros are part of a name and kept, user and port too. What comes out is a node-list
 * expression that means the same names.
 */
public final class NodeNames {
  private static final Pattern PARTS = Pattern.compile("(.*@)?([^@]*?)(:\\d{1,5})?");
  // At most 9 digits, so that a number fits an int. In a name the first number counts
  // (web1.rack2.example), in an address the last.
  private static final Pattern NAME = Pattern.compile("(\\D+)(\\d{1,9})(\\D.*)?");
  private static final Pattern ADDRESS = Pattern.compile("(\\d.*\\D|)(\\d{1,9})(\\D*)");
  private static final Pattern IPV6 = Pattern.compile("(.*:.*:)(\\d{1,4})()");

  private NodeNames() {}

  /** All of {@code names} in one word, sorted, without duplicates; empty for none. */
  public static String fold(Collection<String> names) {
    Map<String, SortedSet<String>> numbered = new TreeMap<>();
    SortedSet<String> words = new TreeSet<>();
    for (String name : names) {
      Optional<Numbered> found = numbered(name);
      if (found.isPresent()) {
        String around = found.get().around();
        numbered.computeIfAbsent(around, any -> new TreeSet<>()).add(found.get().digits());
      } else {
        words.add(name);
      }
    }
    numbered.forEach((around, digits) -> foldGroup(around, digits, words));
    return String.join(",", words);
  }

  /**
   * A name and the number in it that counts.
   *
   * @param around the rest, with NUL, which is in no name, where the number was
   */
  private record Numbered(String around, String digits) {}

  /** User and port stay what they are. Brackets of an address would be taken for a range. */
  private static Optional<Numbered> numbered(String name) {
    Matcher parts = PARTS.matcher(name);
    if (name.indexOf('[') >= 0 || !parts.matches()) {
      return Optional.empty();
    }
    boolean ipv6 = name.indexOf(':') != name.lastIndexOf(':');
    String user = parts.group(1) == null ? "" : parts.group(1);
    String port = ipv6 || parts.group(3) == null ? "" : parts.group(3);
    String host = name.substring(user.length(), name.length() - port.length());
    Matcher matcher = (ipv6 ? IPV6 : NAME).matcher(host);
    if (!matcher.matches() && (ipv6 || !matcher.usePattern(ADDRESS).matches())) {
      return Optional.empty();
    }
    String after = matcher.group(3) == null ? "" : matcher.group(3);
    return Optional.of(
        new Numbered(user + matcher.group(1) + '\0' + after + port, matcher.group(2)));
  }

  /** Numbers of different length are one run (9, 10) only where none has a leading zero. */
  private static void foldGroup(String around, SortedSet<String> digits, SortedSet<String> words) {
    boolean padded = digits.stream().anyMatch(text -> text.length() > 1 && text.startsWith("0"));
    Map<Integer, SortedSet<Integer>> byWidth = new TreeMap<>();
    for (String text : digits) {
      int width = padded ? text.length() : 1;
      byWidth.computeIfAbsent(width, any -> new TreeSet<>()).add(Integer.parseInt(text));
    }
    byWidth.forEach(
        (width, numbers) -> words.add(around.replace("\0", NumberRuns.fold(numbers, width))));
  }
}
