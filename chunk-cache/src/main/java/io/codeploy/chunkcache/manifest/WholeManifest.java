package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.Digest;

/**
 * A manifest beside its encoded form, which need not be made again to be kept, or for a delta.
 * Immutable; the bytes are shared and must be left alone.
 */
public final class WholeManifest {
  private final Manifest manifest;
  private final byte[] bytes;
  private final Digest digest;

  private WholeManifest(Manifest manifest, byte[] bytes, Digest digest) {
    this.manifest = manifest;
    this.bytes = bytes;
    this.digest = digest;
  }

  /**
   * Reads the encoded form.
   *
   * @throws MalformedManifestException if {@code bytes} are none, as {@link ManifestCodec#decode}
   */
  public static WholeManifest of(byte[] bytes) throws MalformedManifestException {
    return of(bytes, Digest.of(bytes));
  }

  /** {@code manifest} and what it is encoded to. */
  public static WholeManifest of(Manifest manifest) {
    byte[] bytes = ManifestCodec.encode(manifest);
    return new WholeManifest(manifest, bytes, Digest.of(bytes));
  }

  /** Reads {@code bytes}, whose digest is known. */
  static WholeManifest of(byte[] bytes, Digest digest) throws MalformedManifestException {
    return new WholeManifest(ManifestCodec.decode(bytes), bytes, digest);
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The encoded form. */
  public byte[] bytes() {
    return bytes;
  }

  /** That of the encoded form. */
  public Digest digest() {
    return digest;
  }
}
