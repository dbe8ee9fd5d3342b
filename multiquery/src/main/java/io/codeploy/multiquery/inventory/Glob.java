package io.codeploy.multiquery.inventory;

import java.util.regex.Pattern;

/** A pattern for names: {@code *} is any text, {@code ?} any character, case is not looked at. */
public final class Glob {
  private final Pattern pattern;

  public Glob(String glob) {
    StringBuilder regex = new StringBuilder();
    glob.codePoints()
        .forEach(
            point ->
                regex.append(
                    switch (point) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(point));
                    }));
    pattern = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Whether {@code text} has any of the two characters. */
  public static boolean isGlob(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Whether it matches all of {@code text}. */
  public boolean matches(String text) {
    return pattern.matcher(text).matches();
  }
}
