package io.codeploy.multiquery.shell;

import io.codeploy.multiquery.spill.Spill;
import io.codeploy.multiquery.spill.SpillFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.file.Path;

/**
 * Input that was read once, to its end, for any number of nodes: in memory up to a megabyte, beyond
 * that in a temporary file without a name. Any number of readers at once.
 */
public final class BroadcastInput implements AutoCloseable {
  private static final int MEMORY_BYTES = 1 << 20;
  private static final int PIECE_BYTES = 64 << 10;

  private final byte[] memory;
  private final Spill rest;

  private BroadcastInput(byte[] memory, Spill rest) {
    this.memory = memory;
    this.rest = rest;
  }

  /**
   * Reads {@code from} to its end.
   *
   * @param temporaryDirectory where a large input goes
   */
  public static BroadcastInput read(InputStream from, Path temporaryDirectory) throws IOException {
    byte[] first = beginning(from);
    Spill rest = new Spill(new SpillFile(temporaryDirectory));
    boolean whole = false;
    try {
      // What is at its end is not read again: a terminal would begin anew after Ctrl-D.
      if (first.length == MEMORY_BYTES) {
        append(from, rest);
      }
      whole = true;
      return new BroadcastInput(first, rest);
    } finally {
      if (!whole) {
        rest.close();
      }
    }
  }

  private static void append(InputStream from, Spill rest) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
      rest.append(piece, 0, count);
    }
  }

  private static byte[] beginning(InputStream from) throws IOException {
    try {
      return from.readNBytes(MEMORY_BYTES);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("standard input cannot be read: " + e.getMessage(), e);
    }
  }

  long length() {
    return memory.length + rest.length();
  }

  /** All of it, from the start. */
  InputStream open() {
    InputStream first = new ByteArrayInputStream(memory);
    return rest.length() == 0 ? first : new SequenceInputStream(first, rest.open());
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
