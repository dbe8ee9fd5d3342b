package io.codeploy.multicopy.source;

import io.codeploy.multiquery.connect.ArrayInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** Lines in wire form as a stream of bytes, each asked for when its turn comes. */
public final class LinesInput extends ArrayInput {
  private final Iterator<String> lines;
  private byte[] line = new byte[0];
  private int at;

  public LinesInput(Iterator<String> lines) {
    this.lines = lines;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int filled = 0;
    while (filled < length && advance()) {
      int n = Math.min(length - filled, line.length - at);
      System.arraycopy(line, at, bytes, offset + filled, n);
      at += n;
      filled += n;
    }
    return filled == 0 && length > 0 ? -1 : filled;
  }

  private boolean advance() throws IOException {
    try {
      while (at == line.length && lines.hasNext()) {
        line = Wire.bytes(lines.next());
        at = 0;
      }
      return at < line.length;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
