package io.codeploy.multiquery.node;

import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folds names that differ in one number: {@code n01 n02 n03 n17 web} is {@code n[01-03,17],web}.
 * Leading zeros are part of a name and kept.
 */
public final class NodeNames {
  // At most 9 digits, so that a number fits an int. In a name the first number counts
  // (web1.rack2.example), in an address the last.
  private static final Pattern NAME = Pattern.compile("(\\D+)(\\d{1,9})(\\D.*)?");
  private static final Pattern ADDRESS = Pattern.compile("(\\d.*\\D|)(\\d{1,9})(\\D*)");

  private NodeNames() {}

  /** All of {@code names} in one word, sorted, without duplicates; empty for none. */
  public static String fold(Collection<String> names) {
    Map<String, SortedSet<String>> numbered = new TreeMap<>();
    SortedSet<String> words = new TreeSet<>();
    for (String name : names) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() || matcher.usePattern(ADDRESS).matches()) {
        String after = matcher.group(3) == null ? "" : matcher.group(3);
        // NUL is in no name, so that the key can be taken apart again.
        String around = matcher.group(1) + '\0' + after;
        numbered.computeIfAbsent(around, any -> new TreeSet<>()).add(matcher.group(2));
      } else {
        words.add(name);
      }
    }
    numbered.forEach((around, digits) -> foldGroup(around, digits, words));
    return String.join(",", words);
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
