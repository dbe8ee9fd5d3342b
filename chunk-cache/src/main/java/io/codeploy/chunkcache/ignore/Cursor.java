package io.codeploy.chunkcache.ignore;

import java.text.ParseException;

/** A place in a pattern, which is read from its beginning to its end. */
final class Cursor {
  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** Whether {@code next} is what comes next. */
  boolean sees(String next) {
    return text.startsWith(next, at);
  }

  /** Passes {@code next} if it comes next. */
  boolean passes(String next) {
    boolean seen = sees(next);
    at += seen ? next.length() : 0;
    return seen;
  }

  /** Passes one character, or a backslash and the character behind it. */
  int character() throws ParseException {
    passes("\\");
    if (atEnd()) {
      throw new ParseException("the pattern ends too early", at);
    }
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    return character;
  }

  /** What comes before the next {@code end}, which has to be there; nothing is passed. */
  String upTo(String end) throws ParseException {
    int to = text.indexOf(end, at);
    if (to < 0) {
      throw new ParseException("no " + end + " follows", at);
    }
    return text.substring(at, to);
  }
}
