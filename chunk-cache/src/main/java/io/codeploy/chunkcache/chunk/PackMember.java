package io.codeploy.chunkcache.chunk;

import java.util.Objects;

/**
 * A small file that is to go into a pack.
 *
 * @param digest of its content
 * @param size in bytes, 1 .. {@link CuttingRules#PACKED_BELOW_BYTES} - 1
 */
public record PackMember(Digest digest, int size) {
  public PackMember {
    Objects.requireNonNull(digest, "digest is null");
    if (CuttingRules.fate(size) != CuttingRules.Fate.PACKED) {
      throw new IllegalArgumentException("a file of " + size + " bytes is not packed");
    }
  }
}
