package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.ByteArrayOutputStream;

/** Appends the primitives of the formats of this package, which are those of {@link ByteReader}. */
final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void writeByte(int value) {
    out.write(value);
  }

  void writeBytes(byte[] bytes) {
    out.writeBytes(bytes);
  }

  void writeBytes(byte[] bytes, int from) {
    out.write(bytes, from, bytes.length - from);
  }

  void writeDigest(Digest digest) {
    out.writeBytes(digest.toBytes());
  }

  /** A number of up to 63 bits, seven bits a byte, the lowest first. */
  void writeVarint(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    writeUnsigned(value);
  }

  /** A signed number, small magnitudes short: 0, -1, 1, -2 … as 0, 1, 2, 3 … */
  void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  private void writeUnsigned(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
