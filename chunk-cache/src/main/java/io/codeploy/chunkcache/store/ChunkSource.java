package io.codeploy.chunkcache.store;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Has chunks to give, in their transported form. Safe for use by many threads. */
@FunctionalInterface
public interface ChunkSource {
  /**
   * The bytes whose digest is {@code transported}, as a read-only buffer of its own, often mapped;
   * empty when this source does not have them.
   *
   * @throws ChunkGoneException if the source had them and never will again
   * @throws IOException if the source has them and cannot read them
   */
  Optional<ByteBuffer> find(Digest transported) throws IOException;

  /** Whether {@link #find} would find it, as far as that is known without reading it. */
  default boolean contains(Digest transported) throws IOException {
    return find(transported).isPresent();
  }
}
