package io.codeploy.chunkcache.manifest;

import java.util.List;

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

  /** No stream: it is asked for twice for each file that is read from a manifest. */
  static long totalLength(List<Slice> slices) {
    long total = 0;
    for (int i = 0; i < slices.size(); i++) {
      total += slices.get(i).length();
    }
    return total;
  }
}
