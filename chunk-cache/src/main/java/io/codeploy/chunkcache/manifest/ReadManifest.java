package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.Digest;

/**
 * A manifest with the bytes that it was read from, which need not be made again to be kept or to
 * apply a delta to. Immutable; the bytes are shared and must be left alone.
 */
public final class ReadManifest {
  private final Manifest manifest;
  private final byte[] bytes;
  private final Digest digest;

  private ReadManifest(Manifest manifest, byte[] bytes, Digest digest) {
    this.manifest = manifest;
    this.bytes = bytes;
    this.digest = digest;
  }

  /**
   * Reads the encoded form.
   *
   * @throws MalformedManifestException if {@code bytes} are none, as {@link ManifestCodec#decode}
   */
  public static ReadManifest of(byte[] bytes) throws MalformedManifestException {
    return of(bytes, Digest.of(bytes));
  }

  /** The same, of which {@code digest} is known to be the digest. */
  static ReadManifest of(byte[] bytes, Digest digest) throws MalformedManifestException {
    return new ReadManifest(ManifestCodec.decode(bytes), bytes, digest);
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
