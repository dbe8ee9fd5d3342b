package io.codeploy.multicopy.plan;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Wire;
import java.util.Objects;

/**
 * Something that a copy would do.
 *
 * @param bytes that travel, or of the file that goes
 * @param path from where the copy starts or absolute, in wire form; a directory's ends with a slash
 */
public record Change(Kind kind, long bytes, String path) {
  /** What would be done, and the letter that it is listed with. */
  public enum Kind {
    SEND('+'),
    REPLACE('~'),
    SET('='),
    DELETE('-');

    private final char sign;

    Kind(char sign) {
      this.sign = sign;
    }
  }

  public Change {
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(path, "path is null");
  }

  /** The deletion of {@code found}, which is at {@code path} without a slash at its end. */
  public static Change deletion(String path, Found found) {
    boolean directory = found.kind() == Found.Kind.DIRECTORY;
    long bytes = found.kind() == Found.Kind.FILE ? found.size() : 0;
    return new Change(Kind.DELETE, bytes, directory ? path + "/" : path);
  }

  /**
   * {@code <sign> <bytes> <path>}. Control characters, backslashes and bytes that are no UTF-8 are
   * {@code \n}, {@code \\} or three octal digits, so that it is one line whatever the name is.
   */
  public String line() {
    return "%c %d %s".formatted(kind.sign, bytes, shown(path));
  }

  /** {@code path} in such a form that it is one line. */
  public static String shown(String path) {
    StringBuilder shown = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); ) {
      String piece = piece(path, i);
      String text = Wire.text(piece);
      if (piece.equals("\\")) {
        shown.append("\\\\");
      } else if (piece.equals("\n")) {
        shown.append("\\n");
      } else if (text.contains("\ufffd") || Character.isISOControl(text.codePointAt(0))) {
        piece.chars().forEach(b -> shown.append("\\%03o".formatted(b)));
      } else {
        shown.append(text);
      }
      i += piece.length();
    }
    return shown.toString();
  }

  /** The bytes of the character at {@code from}, or one that is of none. */
  private static String piece(String path, int from) {
    char first = path.charAt(from);
    int length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    String whole = path.substring(from, Math.min(path.length(), from + length));
    return Wire.text(whole).contains("\ufffd") ? path.substring(from, from + 1) : whole;
  }
}
