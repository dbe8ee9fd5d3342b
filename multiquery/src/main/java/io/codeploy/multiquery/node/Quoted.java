package io.codeploy.multiquery.node;

/**
 * Text of a list in a message: between quotation marks, without control characters, which could
 * reprogram a terminal, and cut where it is long.
 */
final class Quoted {
  private static final int MAX_LENGTH = 80;

  private Quoted() {}

  static String text(String text) {
    boolean cut = text.length() > MAX_LENGTH;
    StringBuilder quoted = new StringBuilder("\"");
    (cut ? text.substring(0, MAX_LENGTH) : text)
        .codePoints()
        .map(point -> harmless(point) ? point : '?')
        .forEach(quoted::appendCodePoint);
    return quoted.append(cut ? "…\"" : "\"").toString();
  }

  private static boolean harmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
