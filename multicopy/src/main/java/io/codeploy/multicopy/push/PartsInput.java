package io.codeploy.multicopy.push;

import io.codeploy.multiquery.connect.ArrayInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Streams one after another, each made when its turn comes. A read fills its array till the end.
 */
abstract class PartsInput extends ArrayInput {
  private final Deque<InputStream> parts = new ArrayDeque<>();

  /** Adds the next parts, some perhaps empty; false where there are no more. */
  abstract boolean advance() throws IOException;

  final void add(InputStream part) {
    parts.add(part);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int filled = 0;
    while (filled < length && (!parts.isEmpty() || advance())) {
      int n = parts.element().read(bytes, offset + filled, length - filled);
      if (n < 0) {
        parts.remove().close();
      } else {
        filled += n;
      }
    }
    return filled == 0 && length > 0 ? -1 : filled;
  }

  @Override
  public final void close() throws IOException {
    for (InputStream part : parts) {
      part.close();
    }
  }
}
