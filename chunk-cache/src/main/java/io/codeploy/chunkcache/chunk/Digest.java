package io.codeploy.chunkcache.chunk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 digest, valid by construction. Its text is 64 lower-case hexadecimal digits. Held as
 * four big-endian words, since a manifest of a large tree holds hundreds of thousands of them.
 */
public record Digest(long word0, long word1, long word2, long word3) implements Comparable<Digest> {
  /** Length of the binary form. */
  public static final int BYTES = 32;

  private static final HexFormat HEX = HexFormat.of();

  /** The digest of {@code content}. */
  public static Digest of(byte[] content) {
    return of(content, 0, content.length);
  }

  /** The digest of {@code length} bytes of {@code content} from {@code offset}. */
  public static Digest of(byte[] content, int offset, int length) {
    MessageDigest sha256 = newMessageDigest();
    sha256.update(content, offset, length);
    return fromBytes(sha256.digest());
  }

  /** The digest of the remaining bytes of {@code content}, whose position is left alone. */
  public static Digest of(ByteBuffer content) {
    MessageDigest sha256 = newMessageDigest();
    sha256.update(content.duplicate());
    return fromBytes(sha256.digest());
  }

  /** The digest that {@code bytes}, exactly 32 of them, are the binary form of. */
  public static Digest fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + bytes.length);
    }
    return read(ByteBuffer.wrap(bytes));
  }

  /** Takes the next 32 bytes of {@code buffer}, which must be big-endian. */
  public static Digest read(ByteBuffer buffer) {
    return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /**
   * Parses 64 lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static Digest parse(String hex) {
    if (hex.length() != 2 * BYTES || !hex.equals(hex.toLowerCase(java.util.Locale.ROOT))) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
    }
    return fromBytes(HEX.parseHex(hex));
  }

  /** A fresh SHA-256 computation; {@link #fromBytes} takes its result. */
  public static MessageDigest newMessageDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Appends the 32 bytes of the binary form to {@code buffer}, which must be big-endian. */
  public void write(ByteBuffer buffer) {
    buffer.putLong(word0).putLong(word1).putLong(word2).putLong(word3);
  }

  /** The binary form. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    write(buffer);
    return buffer.array();
  }

  /** The first 12 hexadecimal digits, for messages. */
  public String shortForm() {
    return toString().substring(0, 12);
  }

  /** By hand, as is {@link #hashCode}: what records have costs several times as much. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest
        && word0 == digest.word0
        && word1 == digest.word1
        && word2 == digest.word2
        && word3 == digest.word3;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(word0 ^ word3);
  }

  /** Orders by the binary form, bytes taken as unsigned. */
  @Override
  public int compareTo(Digest other) {
    int order = Long.compareUnsigned(word0, other.word0);
    order = order != 0 ? order : Long.compareUnsigned(word1, other.word1);
    order = order != 0 ? order : Long.compareUnsigned(word2, other.word2);
    return order != 0 ? order : Long.compareUnsigned(word3, other.word3);
  }

  @Override
  public String toString() {
    return HEX.formatHex(toBytes());
  }
}
