package io.codeploy.chunkcache.chunk;

import java.nio.ByteBuffer;

/**
 * Transported bytes whose digest was checked: there is no other way to one. So that a chunk that
 * goes from the network into a store and into a file is digested once, not at each door. Whoever
 * made it does not change the bytes any more.
 */
public final class VerifiedChunk {
  private final Digest transported;
  private final ByteBuffer bytes;

  private VerifiedChunk(Digest transported, ByteBuffer bytes) {
    this.transported = transported;
    this.bytes = bytes;
  }

  /**
   * The remaining bytes of {@code bytes}, whose position is left alone.
   *
   * @throws CorruptChunkException if they have another digest than {@code transported}
   */
  public static VerifiedChunk of(Digest transported, ByteBuffer bytes)
      throws CorruptChunkException {
    Digest actual = Digest.of(bytes);
    if (!actual.equals(transported)) {
      throw new CorruptChunkException(
          "bytes with digest " + actual.shortForm() + " came for chunk " + transported.shortForm());
    }
    return new VerifiedChunk(transported, bytes.slice());
  }

  /** The remaining bytes of {@code bytes}, by the digest that they happen to have. */
  public static VerifiedChunk of(ByteBuffer bytes) {
    return new VerifiedChunk(Digest.of(bytes), bytes.slice());
  }

  /** What the bytes' digest is. */
  public Digest transported() {
    return transported;
  }

  /** A view of its own for each caller, who only reads. */
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** How many bytes it has. */
  public int length() {
    return bytes.remaining();
  }
}
