package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.Wire;

/**
 * The header blocks of a tar stream, as POSIX has them (ustar). A number that its field is too
 * short for is binary there, as GNU's tar and busybox's have it. Made by hand: a stream of small
 * files has one for each kilobyte.
 */
final class TarBlock {
  static final int BYTES = 512;
  static final int NAME_BYTES = 100;

  private static final int MODE = 100;
  private static final int USER = 108;
  private static final int GROUP = 116;
  private static final int SIZE = 124;
  private static final int TIME = 136;
  private static final int SUM = 148;
  private static final int TYPE = 156;
  private static final int LINK = 157;
  private static final int MAGIC = 257;
  private static final int MAJOR = 329;
  private static final int MINOR = 337;
  private static final int SHORT = 8;
  private static final int LONG = 12;

  private TarBlock() {}

  /**
   * One of root's.
   *
   * @param name in wire form, of which no more goes in than {@value #NAME_BYTES} bytes
   * @param link likewise
   * @param seconds since 1970
   */
  static byte[] of(char type, String name, String link, int mode, long size, long seconds) {
    byte[] block = new byte[BYTES];
    text(block, 0, name);
    number(block, MODE, SHORT, mode);
    number(block, USER, SHORT, 0);
    number(block, GROUP, SHORT, 0);
    number(block, SIZE, LONG, size);
    number(block, TIME, LONG, seconds);
    block[TYPE] = (byte) type;
    text(block, LINK, link);
    text(block, MAGIC, "ustar\00000");
    number(block, MAJOR, SHORT, 0);
    number(block, MINOR, SHORT, 0);
    sum(block);
    return block;
  }

  private static void text(byte[] block, int at, String text) {
    byte[] bytes = Wire.bytes(text);
    System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, NAME_BYTES));
  }

  /** Octal digits and a blank; else big-endian, with the highest bit set. */
  private static void number(byte[] block, int at, int length, long value) {
    boolean octal = value >= 0 && value >>> (3 * (length - 1)) == 0;
    long rest = value;
    for (int i = at + length - (octal ? 2 : 1); i >= at; i--) {
      block[i] = (byte) (octal ? '0' + (rest & 7) : rest);
      rest >>= octal ? 3 : Byte.SIZE;
    }
    if (octal) {
      block[at + length - 1] = ' ';
    } else {
      block[at] |= (byte) 0x80;
    }
  }

  /** Of all bytes, with blanks in place of the sum itself: six digits, a zero, a blank. */
  private static void sum(byte[] block) {
    int sum = SHORT * ' ';
    for (byte b : block) {
      sum += b & 0xff;
    }
    for (int i = SUM + SHORT - 3; i >= SUM; i--) {
      block[i] = (byte) ('0' + (sum & 7));
      sum >>= 3;
    }
    block[SUM + SHORT - 1] = ' ';
  }
}
