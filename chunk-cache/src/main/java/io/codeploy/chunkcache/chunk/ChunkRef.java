package io.codeploy.chunkcache.chunk;

import java.util.Objects;

/**
 * Names a chunk: what its plain bytes are and in which form it travels. Caches store, serve and
 * verify the transported form, under the transported digest; whoever inflates it allocates {@code
 * plainLength} bytes, takes no byte more, and verifies the plain digest.
 *
 * @param plain digest of the plain bytes
 * @param plainLength 1 .. {@link #MAX_LENGTH} bytes
 * @param transported digest of the bytes that travel; equals {@code plain} when {@link
 *     Encoding#RAW}
 * @param transportedLength 1 .. {@code plainLength} bytes
 */
public record ChunkRef(
    Digest plain, int plainLength, Encoding encoding, Digest transported, int transportedLength) {
  /** The largest chunk, that of a pack: 8 MiB. */
  public static final int MAX_LENGTH = 8 << 20;

  public ChunkRef {
    Objects.requireNonNull(plain, "plain is null");
    Objects.requireNonNull(encoding, "encoding is null");
    Objects.requireNonNull(transported, "transported is null");
    if (plainLength < 1 || plainLength > MAX_LENGTH) {
      throw new IllegalArgumentException("chunk of " + plainLength + " bytes, limit " + MAX_LENGTH);
    }
    if (transportedLength < 1 || transportedLength > plainLength) {
      throw new IllegalArgumentException(
          "transported form of " + transportedLength + " bytes for " + plainLength + " plain ones");
    }
    if (encoding == Encoding.RAW
        && (transportedLength != plainLength || !transported.equals(plain))) {
      throw new IllegalArgumentException("a raw chunk travels as it is");
    }
  }

  /** A chunk that travels as it is. */
  public static ChunkRef raw(Digest digest, int length) {
    return new ChunkRef(digest, length, Encoding.RAW, digest, length);
  }
}
