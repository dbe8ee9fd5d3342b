package io.codeploy.agent.daemon;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.manifest.Delta;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.WholeManifest;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A manifest that is here.
 *
 * @param whole as it was signed
 * @param contents what of it is wanted, with contents that came with a delta in {@code delta}
 * @param delta the plain bytes of the chunk that comes after those of the manifest then; read-only
 */
record Arrival(WholeManifest whole, Manifest contents, Optional<ByteBuffer> delta) {
  /** Without a delta. */
  static Arrival of(WholeManifest whole) {
    return new Arrival(whole, whole.manifest(), Optional.empty());
  }

  /** With {@code delta}, which {@code plain} was decoded to. */
  static Arrival of(Delta delta, ChunkRef chunk, ByteBuffer plain) {
    return new Arrival(delta.whole(), delta.within(chunk), Optional.of(plain.asReadOnlyBuffer()));
  }

  Manifest manifest() {
    return whole.manifest();
  }
}
