package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Passes on what comes after a mark. What a login shell's start-up files say comes before it, and
 * would be taken for content.
 */
final class MarkedContent extends ArrayOutput {
  /** Says the mark; for any shell's {@code printf}. */
  static final String SAY = "printf '\\nmulticopy content\\n'; ";

  private static final byte[] MARK = Wire.bytes("\nmulticopy content\n");

  private final OutputStream content;

  /** How much of the mark has come. */
  private int seen;

  MarkedContent(OutputStream content) {
    this.content = content;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    for (; seen < MARK.length && at < end; at++) {
      // It begins with a newline and has no other but at its end.
      seen = bytes[at] == MARK[seen] ? seen + 1 : bytes[at] == MARK[0] ? 1 : 0;
    }
    if (at < end) {
      content.write(bytes, at, end - at);
    }
  }
}
