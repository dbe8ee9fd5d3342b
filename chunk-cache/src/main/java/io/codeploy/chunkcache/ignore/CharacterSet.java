package io.codeploy.chunkcache.ignore;

import static java.util.Map.entry;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Reads {@code [...]} of a pattern. */
final class CharacterSet {
  private static final IntPredicate DIGIT = within('0', '9');
  private static final IntPredicate LOWER = within('a', 'z');
  private static final IntPredicate UPPER = within('A', 'Z');
  private static final IntPredicate ALPHA = LOWER.or(UPPER);
  private static final IntPredicate ALNUM = ALPHA.or(DIGIT);
  private static final IntPredicate GRAPH = within('!', '~');
  private static final IntPredicate BLANK = c -> c == ' ' || c == '\t';

  /** Of ASCII alone, and those that are spaces, as git has them. */
  private static final Map<String, IntPredicate> CLASSES =
      Map.ofEntries(
          entry("alnum", ALNUM),
          entry("alpha", ALPHA),
          entry("blank", BLANK),
          entry("cntrl", within(0, 31).or(c -> c == 127)),
          entry("digit", DIGIT),
          entry("graph", GRAPH),
          entry("lower", LOWER),
          entry("print", GRAPH.or(c -> c == ' ')),
          entry("punct", GRAPH.and(ALNUM.negate())),
          entry("space", BLANK.or(c -> c == '\n' || c == '\r')),
          entry("upper", UPPER),
          entry("xdigit", DIGIT.or(within('a', 'f')).or(within('A', 'F'))));

  private CharacterSet() {}

  /**
   * Reads from behind the opening bracket to behind the closing one.
   *
   * @throws ParseException if it does not end, or names a class that does not exist
   */
  static IntPredicate read(Cursor pattern) throws ParseException {
    boolean negated = pattern.passes("!") || pattern.passes("^");
    List<IntPredicate> items = new ArrayList<>();
    do {
      items.add(item(pattern));
    } while (!pattern.passes("]"));
    return c -> items.stream().anyMatch(item -> item.test(c)) != negated;
  }

  private static IntPredicate item(Cursor pattern) throws ParseException {
    return beginsClass(pattern) ? characterClass(pattern) : range(pattern);
  }

  private static boolean beginsClass(Cursor pattern) throws ParseException {
    if (!pattern.sees("[:")) {
      return false;
    }
    String item = pattern.upTo("]");
    return item.length() > 2 && item.endsWith(":");
  }

  private static IntPredicate characterClass(Cursor pattern) throws ParseException {
    String item = pattern.upTo("]");
    pattern.passes(item + "]");
    String name = item.substring(2, item.length() - 1);
    IntPredicate members = CLASSES.get(name);
    if (members == null) {
      throw new ParseException("no class of characters: " + name, 0);
    }
    return members;
  }

  /** One character, or two with a dash between them; the first is in the set in any case. */
  private static IntPredicate range(Cursor pattern) throws ParseException {
    int first = pattern.character();
    IntPredicate one = c -> c == first;
    return pattern.sees("-]") || !pattern.passes("-")
        ? one
        : one.or(within(first, pattern.character()));
  }

  private static IntPredicate within(int from, int to) {
    return c -> from <= c && c <= to;
  }
}
