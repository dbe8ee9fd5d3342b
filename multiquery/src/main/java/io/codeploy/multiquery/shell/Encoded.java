package io.codeploy.multiquery.shell;

import java.nio.charset.StandardCharsets;

/**
 * Text in a form that every shell takes within single or double quotes as it is, for {@code printf
 * %b}: letters, digits and a few others stand for themselves, any other byte of its UTF-8 is an
 * octal escape.
 */
final class Encoded {
  private static final String HARMLESS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ./:=@%+,-_";

  private Encoded() {}

  static String text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static String bytes(byte[] bytes) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : bytes) {
      if (HARMLESS.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append("\\0").append((b >> 6) & 3).append((b >> 3) & 7).append(b & 7);
      }
    }
    return encoded.toString();
  }
}
