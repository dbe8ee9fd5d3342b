package io.codeploy.multiquery.ssh.call;

/** Sizes of buffers. Most commands say a line; a few say gigabytes. */
public final class Sizes {
  /** For the first read of an output. */
  static final int FIRST_BUFFER = 4 << 10;

  /** What fits into one packet of the protocol. */
  public static final int PACKET = 32 << 10;

  private static final int LARGEST_BUFFER = 256 << 10;

  private Sizes() {}

  /** A larger buffer where {@code filled} bytes have filled this one. */
  static byte[] grown(byte[] buffer, int filled) {
    return filled == buffer.length && buffer.length < LARGEST_BUFFER
        ? new byte[buffer.length * 4]
        : buffer;
  }
}
