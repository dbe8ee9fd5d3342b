package io.codeploy.multicopy.compress;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A format of blocks, each of which is whole by itself, compressed or not, so that any row of them
 * is a stream that the node's program takes (RFC 8878, RFC 1952).
 */
public enum Codec {
  ZSTD("zstd -dcq", 100_000_000) {
    @Override
    byte[] squeeze(byte[] bytes, int length) {
      return Zstd.compress(Arrays.copyOf(bytes, length), 1);
    }

    @Override
    byte[] wrap(byte[] bytes, int length) {
      ByteBuffer frame = ByteBuffer.allocate(12 + length).order(ByteOrder.LITTLE_ENDIAN);
      // Magic number; a single segment, with its size in four bytes; one block, the last, raw.
      frame.putInt(0xFD2FB528).put((byte) 0xA0).putInt(length);
      int block = length << 3 | 1;
      frame.put((byte) block).put((byte) (block >> 8)).put((byte) (block >> 16));
      return frame.put(bytes, 0, length).array();
    }
  },
  GZIP("gzip -dc", 40_000_000) {
    @Override
    byte[] squeeze(byte[] bytes, int length) throws IOException {
      return member(bytes, length, Deflater.BEST_SPEED);
    }

    @Override
    byte[] wrap(byte[] bytes, int length) throws IOException {
      return member(bytes, length, Deflater.NO_COMPRESSION);
    }
  };

  /** What a raw block of zstd may have. */
  static final int BLOCK_BYTES = 128 << 10;

  private final String undo;
  private final long bytesPerSecond;

  Codec(String undo, long bytesPerSecond) {
    this.undo = undo;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** The command that undoes it, from its input to its output. */
  public String undo() {
    return undo;
  }

  /** How fast it is taken to be before it was tried. */
  long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** The first {@code length} of {@code bytes}, at least one and at most a block, compressed. */
  abstract byte[] squeeze(byte[] bytes, int length) throws IOException;

  /** The same as they are. */
  abstract byte[] wrap(byte[] bytes, int length) throws IOException;

  private static byte[] member(byte[] bytes, int length, int level) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
    try (OutputStream gzip = new Member(out, level)) {
      gzip.write(bytes, 0, length);
    }
    return out.toByteArray();
  }

  private static final class Member extends GZIPOutputStream {
    Member(OutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(level);
    }
  }
}
