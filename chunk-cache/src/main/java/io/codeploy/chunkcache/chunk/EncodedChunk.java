package io.codeploy.chunkcache.chunk;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A chunk in the form in which it travels.
 *
 * @param ref its name
 * @param transported its bytes, {@code ref.transportedLength()} of them; a view of the plain bytes
 *     where it travels raw. Whoever reads it leaves its position alone
 */
public record EncodedChunk(ChunkRef ref, ByteBuffer transported) {
  public EncodedChunk {
    Objects.requireNonNull(ref, "ref is null");
    if (transported.remaining() != ref.transportedLength()) {
      throw new IllegalArgumentException(
          transported.remaining() + " bytes for a chunk of " + ref.transportedLength());
    }
  }
}
