package io.codeploy.chunkcache.chunk;

/**
 * A run of small files whose contents, one after the other, are one chunk.
 *
 * @param from index of the first member
 * @param to index after the last one
 * @param length bytes of the chunk
 */
public record Pack(int from, int to, int length) {
  public Pack {
    if (from < 0 || to <= from || length < to - from || length > CuttingRules.MAX_PACK_BYTES) {
      throw new IllegalArgumentException(
          "pack of " + from + " .. " + to + ", " + length + " bytes");
    }
  }
}
