package io.codeploy.multicopy.pull;

import io.codeploy.multiquery.connect.NodeFailedException;
import java.nio.charset.StandardCharsets;

/**
 * A block that begins a member of a tar stream, in the form of ustar or GNU.
 *
 * @param type what it is, {@code '0'} for a file
 * @param name in wire form, cut off at 100 or 255 bytes
 * @param link the name that a link refers to
 * @param size of what follows
 */
record TarHeader(char type, String name, String link, long size) {
  static final int BLOCK_BYTES = 512;

  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;

  /**
   * Reads a block that is not all zeros.
   *
   * @throws NodeFailedException if it is no header
   */
  static TarHeader parse(byte[] block) throws NodeFailedException {
    if (number(block, CHECKSUM, CHECKSUM_END) != sum(block)) {
      throw Problems.failure("sends no tar stream");
    }
    String name = text(block, 0, 100);
    // POSIX has a zero after "ustar"; GNU's blank says that what is here is no prefix.
    boolean posix = text(block, 257, 263).equals("ustar");
    String prefix = posix && block[262] == 0 ? text(block, 345, 500) : "";
    char type = block[156] == 0 ? '0' : (char) block[156];
    return new TarHeader(
        type,
        prefix.isEmpty() ? name : prefix + "/" + name,
        text(block, 157, 257),
        number(block, 124, 136));
  }

  private static long sum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BLOCK_BYTES; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM_END ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private static String text(byte[] block, int from, int to) {
    int end = from;
    while (end < to && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.ISO_8859_1);
  }

  /** Octal digits, or GNU's binary form for large numbers. */
  private static long number(byte[] block, int from, int to) throws NodeFailedException {
    try {
      if ((block[from] & 0x80) == 0) {
        String digits = text(block, from, to).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
      }
      long value = block[from] & 0x7f;
      for (int i = from + 1; i < to; i++) {
        value = Math.addExact(Math.multiplyExact(value, 256L), block[i] & 0xff);
      }
      return value;
    } catch (ArithmeticException | NumberFormatException e) {
      throw Problems.failure("sends a tar stream with a number that cannot be");
    }
  }
}
