package io.codeploy.multiquery.output;

/** Text that partly came from a node, made fit for a terminal. */
public final class Printable {
  private Printable() {}

  /** One line without control characters, which could reprogram a terminal. */
  public static String line(String text) {
    return text.codePoints()
        .map(point -> Character.isISOControl(point) ? '?' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
