package io.codeploy.agent.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Fills a new file and leaves out blocks of zeros, which the file system gives back as zeros
 * without keeping them. The block with the file's last byte is never left out, as it makes the
 * size.
 */
final class Holes {
  /** Blocks begin at multiples of this: a shorter run of zeros is not worth a hole. */
  static final int BLOCK_BYTES = 64 << 10;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BLOCK_BYTES).asReadOnlyBuffer();

  private Holes() {}

  /** Takes a run of bytes that is not left out. */
  @FunctionalInterface
  private interface Run {
    void take(long offset, int length) throws IOException;
  }

  /** Writes the remaining bytes of {@code piece} at {@code offset} of a file of {@code size}. */
  static void write(FileChannel file, long offset, ByteBuffer piece, long size) throws IOException {
    int start = piece.position();
    withoutZeros(
        piece,
        offset,
        size,
        (at, length) -> {
          ByteBuffer run = piece.slice(start + (int) (at - offset), length);
          for (long to = at; run.hasRemaining(); ) {
            to += file.write(run, to);
          }
        });
    piece.position(piece.limit());
  }

  /**
   * Fills {@code to} with the first {@code size} bytes of {@code from}, by a call with which the
   * file system can share them instead (copy_file_range on Linux). Ends early where {@code from}
   * does.
   */
  static void copy(FileChannel from, FileChannel to, long size, ByteBuffer buffer)
      throws IOException {
    long at = 0;
    while (at < size) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), size - at));
      int read = from.read(buffer, at);
      if (read < 0) {
        return;
      }
      withoutZeros(buffer.flip(), at, size, (offset, length) -> transfer(from, to, offset, length));
      at += read;
    }
  }

  private static void transfer(FileChannel from, FileChannel to, long offset, int length)
      throws IOException {
    long end = offset + length;
    long at = offset;
    long moved = 1;
    while (at < end && moved > 0) {
      moved = from.transferTo(at, end - at, to.position(at));
      at += moved;
    }
  }

  private static void withoutZeros(ByteBuffer bytes, long offset, long size, Run run)
      throws IOException {
    int start = bytes.position();
    int kept = start;
    int at = start;
    while (at < bytes.limit()) {
      long place = offset + (at - start);
      int length = (int) Math.min(bytes.limit() - at, BLOCK_BYTES - place % BLOCK_BYTES);
      if (place + length < size && isZeroBlock(bytes, at, length)) {
        run.take(offset + (kept - start), at - kept);
        kept = at + length;
      }
      at += length;
    }
    run.take(offset + (kept - start), at - kept);
  }

  private static boolean isZeroBlock(ByteBuffer bytes, int at, int length) {
    return length == BLOCK_BYTES
        && bytes.get(at) == 0
        && bytes.slice(at, length).mismatch(ZEROS.duplicate()) < 0;
  }
}
