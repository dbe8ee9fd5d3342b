package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.CapturedOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes lines of several sources to one stream, without ever mixing two of them. A last line
 * without a newline stays without one until something follows, or gets one at once where people
 * read.
 */
final class LineWriter {
  /** What is longer goes out in several writes, one after the other. */
  private static final int BUFFER_BYTES = 1 << 16;

  private final BufferedOutputStream out;
  private final boolean endLines;
  private boolean midLine;

  /**
   * @param endLines whether a missing last newline is added
   */
  LineWriter(OutputStream out, boolean endLines) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.endLines = endLines;
  }

  /** Begins a line. */
  void begin(byte[] prefix) throws IOException {
    if (midLine) {
      out.write('\n');
    }
    out.write(prefix);
    midLine = true;
  }

  void append(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    midLine = length > 0 ? bytes[offset + length - 1] != '\n' : midLine;
  }

  void append(CapturedOutput output) throws IOException {
    output.copyTo(out);
    midLine = output.length() > 0 ? output.midLine() : midLine;
  }

  /** Gives the last line a newline if it has none. */
  void endLine() throws IOException {
    if (midLine) {
      out.write('\n');
      midLine = false;
      out.flush();
    }
  }

  /** Lets out what was written since the last call, in one write as far as the buffer goes. */
  void flush() throws IOException {
    if (midLine && endLines) {
      out.write('\n');
      midLine = false;
    }
    out.flush();
  }
}
