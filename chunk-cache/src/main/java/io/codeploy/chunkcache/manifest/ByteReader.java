package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.ByteBuffer;

/**
 * Takes the primitives of the formats of this package from bytes that anybody may have written:
 * every length is compared with what is left before anything is allocated for it.
 */
final class ByteReader {
  private final ByteBuffer in;

  ByteReader(ByteBuffer in) {
    this.in = in;
  }

  int remaining() {
    return in.remaining();
  }

  int readByte() throws MalformedManifestException {
    require(1);
    return in.get() & 0xff;
  }

  byte[] readBytes(int length) throws MalformedManifestException {
    require(length);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  Digest readDigest() throws MalformedManifestException {
    require(Digest.BYTES);
    return Digest.read(in);
  }

  /** Takes exactly {@code expected}; {@code what} names it for the message. */
  void expect(byte[] expected, String what) throws MalformedManifestException {
    int mismatch = in.duplicate().limit(in.limit()).mismatch(ByteBuffer.wrap(expected));
    if (mismatch >= 0 && mismatch < expected.length) {
      throw new MalformedManifestException("not " + what);
    }
    in.position(in.position() + expected.length);
  }

  /** Takes one byte that must be {@code known}. */
  void expect(int known, String what) throws MalformedManifestException {
    int actual = readByte();
    if (actual != known) {
      throw new MalformedManifestException(
          what + " " + actual + " is unknown here, only " + known + " is known");
    }
  }

  /** A varint of 0 .. {@code max}. */
  long readVarint(long max, String what) throws MalformedManifestException {
    long value = readUnsigned();
    if (value < 0 || value > max) {
      throw new MalformedManifestException(
          what + " " + Long.toUnsignedString(value) + " is beyond the limit of " + max);
    }
    return value;
  }

  /** A varint of 0 .. {@code max}. */
  int readInt(int max, String what) throws MalformedManifestException {
    return (int) readVarint(max, what);
  }

  /** The number of items that follow, each of which takes at least {@code minBytes}. */
  int readCount(int minBytes, String what) throws MalformedManifestException {
    int count = readInt(Integer.MAX_VALUE, "number of " + what);
    if (count > in.remaining() / minBytes) {
      throw new MalformedManifestException(
          count + " " + what + " do not fit into the " + in.remaining() + " bytes that follow");
    }
    return count;
  }

  long readSigned() throws MalformedManifestException {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  private long readUnsigned() throws MalformedManifestException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = readByte();
      if (shift == 63 && next > 1) {
        break;
      }
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) {
          throw new MalformedManifestException("a number has more bytes than it needs");
        }
        return value;
      }
    }
    throw new MalformedManifestException("a number has more than 64 bits");
  }

  /** Fails unless all bytes are taken. */
  void expectEnd() throws MalformedManifestException {
    if (in.hasRemaining()) {
      throw new MalformedManifestException(in.remaining() + " bytes too many at the end");
    }
  }

  private void require(int length) throws MalformedManifestException {
    if (length > in.remaining()) {
      throw new MalformedManifestException(
          "cut short: " + length + " bytes wanted, " + in.remaining() + " left");
    }
  }
}
