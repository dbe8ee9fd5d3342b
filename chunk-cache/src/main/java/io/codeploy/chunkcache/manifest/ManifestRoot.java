package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.List;
import java.util.Objects;

/**
 * What names a manifest; signed, it is the only part of it that travels over SSH. Two deployments
 * of an unchanged tree have the same {@code manifest} digest, so that a node that holds it fetches
 * nothing.
 *
 * @param manifest digest of the encoded manifest
 * @param manifestLength bytes of the encoded manifest, 1 .. {@link ManifestCodec#MAX_BYTES}
 * @param chunks the encoded manifest, cut into chunks, in order
 */
public record ManifestRoot(Digest manifest, long manifestLength, List<ChunkRef> chunks) {
  public ManifestRoot {
    Objects.requireNonNull(manifest, "manifest is null");
    chunks = List.copyOf(chunks);
    if (manifestLength < 1 || manifestLength > ManifestCodec.MAX_BYTES) {
      throw new IllegalArgumentException("manifest of " + manifestLength + " bytes");
    }
    long covered = chunks.stream().mapToLong(ChunkRef::plainLength).sum();
    if (covered != manifestLength) {
      throw new IllegalArgumentException(
          "chunks of " + covered + " bytes for a manifest of " + manifestLength);
    }
  }
}
