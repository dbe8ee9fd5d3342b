package io.codeploy.chunkcache.manifest;

/**
 * A run of plain bytes within one chunk of a manifest.
 *
 * @param chunk index into {@link Manifest#chunks()}
 * @param offset first byte within the plain chunk
 * @param length bytes, at least 1
 */
public record Slice(int chunk, int offset, int length) {
  public Slice {
    if (chunk < 0 || offset < 0 || length < 1) {
      throw new IllegalArgumentException(
          "slice of chunk " + chunk + " at " + offset + ", length " + length);
    }
  }
}
