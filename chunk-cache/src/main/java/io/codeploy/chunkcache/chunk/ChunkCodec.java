package io.codeploy.chunkcache.chunk;

import com.github.luben.zstd.util.ZstdVersion;
import java.nio.ByteBuffer;

/**
 * Turns plain chunks into their transported form and back. The same bytes give the same form, as
 * long as the version of zstd stays the same. No state; safe for use by many threads.
 */
public final class ChunkCodec {
  /** A compressed form longer than this share of the plain one is not worth the inflating. */
  private static final int WORTH_PERCENT = 95;

  private ChunkCodec() {}

  /** Names what {@link #encode} does: under the same name, the same bytes give the same form. */
  public static String encoder() {
    return "zstd-" + ZstdVersion.VERSION + "-" + Zstd.LEVEL;
  }

  /**
   * Compresses the remaining bytes of {@code plain}, 1 .. {@link ChunkRef#MAX_LENGTH} of them, with
   * zstd, or keeps them raw where that saves less than 5 %. A raw form is a view of {@code plain},
   * good for as long as nobody changes that; its position is left alone.
   */
  public static EncodedChunk encode(ByteBuffer plain) {
    Digest digest = Digest.of(plain);
    int length = plain.remaining();
    int worthwhile = (int) ((long) length * WORTH_PERCENT / 100);
    return Zstd.compress(plain, worthwhile)
        .map(frame -> new EncodedChunk(zstdRef(digest, length, frame), frame))
        .orElseGet(() -> new EncodedChunk(ChunkRef.raw(digest, length), plain.slice()));
  }

  /**
   * The plain bytes of {@code chunk}. Verifies length and digest of the transported form before it
   * inflates anything, inflates into {@code chunk.plainLength()} bytes and no byte more, and
   * verifies the plain digest. A raw chunk comes back as a read-only view of {@code transported},
   * whose position is left alone.
   *
   * @throws CorruptChunkException if {@code transported} is not this chunk
   */
  public static ByteBuffer decode(ChunkRef chunk, ByteBuffer transported)
      throws CorruptChunkException {
    checkLength(chunk, transported.remaining());
    return decode(chunk, VerifiedChunk.of(chunk.transported(), transported));
  }

  /**
   * The plain bytes of {@code chunk}, as {@link #decode(ChunkRef, ByteBuffer)} has them, of bytes
   * that need not be verified again.
   *
   * @throws CorruptChunkException if {@code verified} is another chunk, or is not this one's when
   *     inflated
   */
  public static ByteBuffer decode(ChunkRef chunk, VerifiedChunk verified)
      throws CorruptChunkException {
    if (!verified.transported().equals(chunk.transported())) {
      throw new CorruptChunkException(
          "chunk %s came for chunk %s"
              .formatted(verified.transported().shortForm(), chunk.transported().shortForm()));
    }
    checkLength(chunk, verified.length());
    ByteBuffer transported = verified.bytes();
    if (chunk.encoding() == Encoding.RAW) {
      return transported.asReadOnlyBuffer();
    }
    byte[] plain = Zstd.decompress(transported, chunk.plainLength());
    if (!Digest.of(plain).equals(chunk.plain())) {
      throw new CorruptChunkException(
          "chunk " + chunk.plain().shortForm() + " does not inflate to what its manifest says");
    }
    return ByteBuffer.wrap(plain);
  }

  private static void checkLength(ChunkRef chunk, int length) throws CorruptChunkException {
    if (length != chunk.transportedLength()) {
      throw new CorruptChunkException(
          "chunk %s has %d bytes instead of %d"
              .formatted(chunk.transported().shortForm(), length, chunk.transportedLength()));
    }
  }

  /**
   * Passes when the remaining bytes of {@code bytes} have {@code digest}; leaves the position
   * alone.
   *
   * @throws CorruptChunkException if they have another one
   */
  public static void verify(Digest digest, ByteBuffer bytes) throws CorruptChunkException {
    VerifiedChunk.of(digest, bytes);
  }

  private static ChunkRef zstdRef(Digest digest, int length, ByteBuffer frame) {
    return new ChunkRef(digest, length, Encoding.ZSTD, Digest.of(frame), frame.remaining());
  }
}
