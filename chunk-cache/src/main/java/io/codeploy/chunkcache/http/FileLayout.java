package io.codeploy.chunkcache.http;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Knows in which chunks the bytes of a file lie. */
@FunctionalInterface
public interface FileLayout {
  /** The pieces of the file with this digest, in file order; empty when it is not known. */
  Optional<List<Piece>> find(Digest file);

  /**
   * A run of a file's bytes.
   *
   * @param offset first byte within the plain chunk
   * @param length bytes, at least 1
   */
  record Piece(ChunkRef chunk, int offset, int length) {
    public Piece {
      Objects.requireNonNull(chunk, "chunk is null");
      if (offset < 0 || length < 1 || (long) offset + length > chunk.plainLength()) {
        throw new IllegalArgumentException("piece beyond its chunk: " + offset + "+" + length);
      }
    }
  }
}
