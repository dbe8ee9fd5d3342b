package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Appends the fields of a scan cache to a buffer that grows. */
final class ScanCacheWriter {
  private static final int LONGEST_FIXED_FIELD = 32;

  private ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

  byte[] bytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** That of all fields so far. */
  Digest digest() {
    return Digest.of(buffer.array(), 0, buffer.position());
  }

  void putByte(int value) {
    room(LONGEST_FIXED_FIELD).put((byte) value);
  }

  void putShort(int value) {
    room(LONGEST_FIXED_FIELD).putShort((short) value);
  }

  void putInt(int value) {
    room(LONGEST_FIXED_FIELD).putInt(value);
  }

  void putLong(long value) {
    room(LONGEST_FIXED_FIELD).putLong(value);
  }

  void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 0xFFFF) {
      throw new IllegalArgumentException("text of " + utf8.length + " bytes");
    }
    putShort(utf8.length);
    room(utf8.length).put(utf8);
  }

  void putDigest(Digest digest) {
    digest.write(room(Digest.BYTES));
  }

  void putStamp(FileStamp stamp) {
    putLong(stamp.size());
    putTime(stamp.mtime());
    putTime(stamp.ctime());
    putLong(stamp.inode());
  }

  void putCut(Cut cut) {
    putByte(
        switch (cut) {
          case NOT_CUT -> 0;
          case PLAIN -> 1;
          case ENCODED -> 2;
        });
  }

  void putChunks(List<ChunkRef> chunks) {
    putInt(chunks.size());
    chunks.forEach(this::putChunk);
  }

  void putChunk(ChunkRef chunk) {
    putDigest(chunk.plain());
    putInt(chunk.plainLength());
    boolean zstd = chunk.encoding() == Encoding.ZSTD;
    putByte(zstd ? 1 : 0);
    if (zstd) {
      putDigest(chunk.transported());
      putInt(chunk.transportedLength());
    }
  }

  private void putTime(Instant time) {
    putLong(time.getEpochSecond());
    putInt(time.getNano());
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }
}
