package io.codeploy.multiquery.node;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what brackets hold: {@code 01-32,40,50-58/2} or {@code a-f}. */
final class RangeParser {
  // 18 digits fit a long.
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?(?:/(\\d{1,9}))?");
  private static final Pattern LETTERS =
      Pattern.compile("([A-Za-z])(?:-([A-Za-z]))?(?:/(\\d{1,9}))?");

  private final String word;

  /**
   * @param word where the brackets are, for messages
   */
  RangeParser(String word) {
    this.word = word;
  }

  TextRange parse(String inside) throws NodeListException {
    List<RangeItem> items = new ArrayList<>();
    for (String text : inside.split(",", -1)) {
      Matcher numbers = NUMBERS.matcher(text);
      Matcher letters = LETTERS.matcher(text);
      if (numbers.matches()) {
        items.add(numbers(numbers));
      } else if (letters.matches()) {
        items.add(letters(letters));
      } else {
        throw wrong(text, "is not a range; write 1-9, 01-32 or 0-40/2");
      }
    }
    return new TextRange(items);
  }

  private RangeItem numbers(Matcher found) throws NodeListException {
    String first = found.group(1);
    String last = orElse(found.group(2), first);
    if (padded(last) && first.length() != last.length()) {
      throw wrong(found.group(), "has numbers of different width");
    }
    int width = padded(first) ? first.length() : 1;
    long from = Long.parseLong(first);
    long to = Long.parseLong(last);
    return new RangeItem.Numbers(from, to, step(found, from <= to), width);
  }

  private RangeItem letters(Matcher found) throws NodeListException {
    char first = found.group(1).charAt(0);
    char last = orElse(found.group(2), found.group(1)).charAt(0);
    boolean oneCase = Character.isLowerCase(first) == Character.isLowerCase(last);
    return new RangeItem.Letters(first, last, step(found, oneCase && first <= last));
  }

  private long step(Matcher found, boolean rises) throws NodeListException {
    long step = Long.parseLong(orElse(found.group(3), "1"));
    if (!rises || step == 0) {
      throw wrong(found.group(), "does not rise");
    }
    return step;
  }

  private NodeListException wrong(String text, String what) {
    return new NodeListException(Quoted.text(text) + " in " + Quoted.text(word) + " " + what);
  }

  private static boolean padded(String digits) {
    return digits.length() > 1 && digits.startsWith("0");
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null ? other : text;
  }
}
