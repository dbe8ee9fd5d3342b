package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Encoding;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the fields of a scan cache from its bytes. What cannot be is a {@link
 * BufferUnderflowException}, an {@link IllegalArgumentException} or a {@link
 * java.time.DateTimeException}; nothing is allocated by a length that the bytes do not back.
 */
final class ScanCacheReader {
  private final ByteBuffer in;

  ScanCacheReader(ByteBuffer in) {
    this.in = in;
  }

  int getByte() {
    return in.get();
  }

  int getShort() {
    return Short.toUnsignedInt(in.getShort());
  }

  int getInt() {
    return in.getInt();
  }

  /** The number of records that follow, each of more than 32 bytes. */
  int getCount() {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / Digest.BYTES) {
      throw new IllegalArgumentException(count + " records");
    }
    return count;
  }

  String getText() {
    int length = getShort();
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  Digest getDigest() {
    return Digest.read(in);
  }

  KnownFile getFile() {
    return new KnownFile(getStamp(), getDigest(), getCut(), getChunks());
  }

  KnownArchive getArchive() {
    return new KnownArchive(getDigest(), getStamp(), getChunks());
  }

  Cut getCut() {
    int cut = getByte();
    return switch (cut) {
      case 0 -> Cut.NOT_CUT;
      case 1 -> Cut.PLAIN;
      case 2 -> Cut.ENCODED;
      default -> throw new IllegalArgumentException("cut " + cut);
    };
  }

  ChunkRef getChunk() {
    Digest plain = getDigest();
    int length = getInt();
    int encoding = getByte();
    return switch (encoding) {
      case 0 -> ChunkRef.raw(plain, length);
      case 1 -> new ChunkRef(plain, length, Encoding.ZSTD, getDigest(), getInt());
      default -> throw new IllegalArgumentException("encoding " + encoding);
    };
  }

  void checkEnd() {
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(in.remaining() + " bytes too many");
    }
  }

  private FileStamp getStamp() {
    return new FileStamp(in.getLong(), getTime(), getTime(), in.getLong());
  }

  private Instant getTime() {
    return Instant.ofEpochSecond(in.getLong(), in.getInt());
  }

  private List<ChunkRef> getChunks() {
    int count = getCount();
    List<ChunkRef> chunks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chunks.add(getChunk());
    }
    return chunks;
  }
}
