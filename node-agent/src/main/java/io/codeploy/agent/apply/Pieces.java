package io.codeploy.agent.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads pieces of files into the heap. */
final class Pieces {
  /** The JDK keeps no larger buffers than this for it. */
  private static final int STEP_BYTES = 256 << 10;

  private Pieces() {}

  /** So many bytes from {@code offset} of {@code file}, or as many as there are. */
  static ByteBuffer read(FileChannel file, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    fill(bytes, file, offset);
    return bytes.flip();
  }

  /** Reads into what remains of {@code bytes}; less where the file ends. */
  static void fill(ByteBuffer bytes, FileChannel file, long offset) throws IOException {
    long at = offset;
    for (int read = 1; bytes.hasRemaining() && read > 0; at += read) {
      read = file.read(step(bytes), at);
      bytes.position(bytes.position() + Math.max(0, read));
    }
  }

  private static ByteBuffer step(ByteBuffer bytes) {
    return bytes.slice(bytes.position(), Math.min(bytes.remaining(), STEP_BYTES));
  }
}
