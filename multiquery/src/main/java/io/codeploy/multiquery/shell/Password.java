package io.codeploy.multiquery.shell;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** A password that no log shows. */
public final class Password {
  private final byte[] line;

  /** {@code text} may be wiped afterwards. */
  public Password(char[] text) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    int length = encoded.remaining();
    line = new byte[length + 1];
    encoded.get(line, 0, length).clear().put(new byte[encoded.capacity()]);
    line[length] = '\n';
  }

  /** With the newline that ends its entry. */
  byte[] line() {
    return line.clone();
  }

  @Override
  public String toString() {
    return "(a password)";
  }
}
