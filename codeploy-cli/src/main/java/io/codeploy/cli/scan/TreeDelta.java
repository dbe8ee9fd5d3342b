package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.manifest.DeltaCodec;
import io.codeploy.chunkcache.manifest.DeltaRef;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What makes a tree out of the one that was deployed last.
 *
 * @param name what nodes are told of it
 * @param chunk what they fetch
 */
public record TreeDelta(DeltaRef name, EncodedChunk chunk) {
  public TreeDelta {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(chunk, "chunk is null");
  }

  /** The delta to {@code encoded}; empty where there is nothing to gain, or it cannot be made. */
  static Optional<TreeDelta> of(DeployedManifest deployed, Path dir, EncodedManifest encoded) {
    Optional<DeployedManifest.Stored> last = deployed.load();
    if (last.isEmpty() || last.get().digest().equals(encoded.root().manifest())) {
      return Optional.empty();
    }
    Digest base = last.get().digest();
    try {
      return DeltaCodec.encode(last.get().manifest(), encoded.whole(), file -> read(dir, file))
          .map(chunk -> new TreeDelta(new DeltaRef(base, chunk.ref()), chunk));
    } catch (IOException e) {
      // A damaged record, or a file that changes at the moment, which whoever reads it will tell.
      return Optional.empty();
    }
  }

  private static byte[] read(Path dir, RegularFile file) throws IOException {
    byte[] content = new byte[(int) file.size()];
    FileRange.read(dir.resolve(file.path().value()), 0, ByteBuffer.wrap(content));
    ChunkCodec.verify(file.digest(), ByteBuffer.wrap(content));
    return content;
  }
}
