package io.codeploy.multiquery.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.SplittableRandom;

/** Bytes of every value in an order that repeats itself only after a long time. */
final class Patterned extends InputStream {
  private final SplittableRandom random = new SplittableRandom(42);
  private final byte[] block = new byte[8192];
  private long left;
  private int at = block.length;

  Patterned(long length) {
    left = length;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    if (at == block.length) {
      random.nextBytes(block);
      at = 0;
    }
    int n = (int) Math.min(Math.min(length, block.length - at), left);
    System.arraycopy(block, at, bytes, offset, n);
    at += n;
    left -= n;
    return n;
  }

  /** Compares what is written with the pattern. */
  static final class Check extends OutputStream {
    private final Patterned expected;
    private long count;
    private boolean equal = true;

    Check(long length) {
      expected = new Patterned(length);
    }

    @Override
    public void write(int b) {
      equal &= expected.read() == (b & 0xff);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int i = 0; i < length; i++) {
        write(bytes[offset + i]);
      }
    }

    /** The length, where all bytes were as expected. */
    String result() {
      return (equal ? "equal, " : "different, ") + count;
    }
  }
}
