package io.codeploy.multicopy.shell;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The answers of a script: each is {@code <facts and a name>//<link>//} and a newline. No name that
 * {@code find} makes has two slashes in a row, so that a name may hold anything else.
 */
final class Records {
  private static final int LIMIT_BYTES = 64 << 10;

  private final InputStream in;

  /** One answer, in wire form. */
  record Answer(String head, String link) {}

  Records(InputStream in) {
    this.in = new BufferedInputStream(in, LIMIT_BYTES);
  }

  /** A line, without its end. */
  String line() throws IOException {
    return until("\n");
  }

  Answer next() throws IOException {
    return new Answer(until("//"), until("//\n"));
  }

  private String until(String end) throws IOException {
    byte[] text = new byte[128];
    int length = 0;
    while (!ends(text, length, end)) {
      int b = in.read();
      if (b < 0 || length == LIMIT_BYTES) {
        throw new IOException("the node's list broke off");
      }
      if (length == text.length) {
        text = Arrays.copyOf(text, 2 * length);
      }
      text[length++] = (byte) b;
    }
    return new String(text, 0, length - end.length(), StandardCharsets.ISO_8859_1);
  }

  private static boolean ends(byte[] text, int length, String end) {
    for (int i = 1; i <= end.length(); i++) {
      if (length < i || text[length - i] != end.charAt(end.length() - i)) {
        return false;
      }
    }
    return true;
  }
}
