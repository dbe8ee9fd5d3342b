package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.CapturedOutput;
import io.codeploy.multiquery.query.OutputSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Turns the pieces of one output into lines with the node's name before them. */
final class PrefixedLines {
  private final byte[] prefix;
  private final LineWriter writer;
  private final OutputSpace space;
  private CapturedOutput begun;

  PrefixedLines(String prefix, LineWriter writer, OutputSpace space) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.writer = writer;
    this.space = space;
    this.begun = new CapturedOutput(space);
  }

  /** Writes the lines that the piece completes, in one go; the rest waits for its end. */
  void add(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        begin();
        writer.append(bytes, from, i + 1 - from);
        from = i + 1;
      }
    }
    if (from > offset) {
      writer.flush();
    }
    begun.write(bytes, from, end - from);
  }

  /** No more comes: writes a last line that has no newline. */
  void end() throws IOException {
    if (begun.length() > 0) {
      begin();
      writer.flush();
    }
    begun.close();
  }

  private void begin() throws IOException {
    writer.begin(prefix);
    if (begun.length() > 0) {
      writer.append(begun);
      begun.close();
      begun = new CapturedOutput(space);
    }
  }
}
