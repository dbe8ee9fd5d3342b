package io.codeploy.multiquery.shell;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What no output contains by chance, to tell words of ours from those of a command.
 *
 * @param text lower-case hexadecimal digits
 */
public record Token(String text) {
  private static final int BYTES = 8;

  public Token {
    if (!text.matches("[0-9a-f]+")) {
      throw new IllegalArgumentException("not a token: " + text);
    }
  }

  /** One of 64 bits, by chance. */
  public static Token next(RandomGenerator random) {
    byte[] token = new byte[BYTES];
    random.nextBytes(token);
    return new Token(HexFormat.of().formatHex(token));
  }

  /** The word that says {@code said}. */
  String says(String said) {
    return format(said).replace("%s", text);
  }

  /** The same for {@code printf}, where a text must not have the word in one piece. */
  static String format(String said) {
    return "[multiquery-%s:" + said + "]";
  }

  @Override
  public String toString() {
    return text;
  }
}
