package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Names a delta, as {@code delta.md} of {@code docs/formats}.
 *
 * @param base digest of the encoded manifest that it starts from
 * @param chunk what it travels in
 */
public record DeltaRef(Digest base, ChunkRef chunk) {
  public DeltaRef {
    Objects.requireNonNull(base, "base is null");
    Objects.requireNonNull(chunk, "chunk is null");
  }

  /** Its bytes. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    out.writeDigest(base);
    ChunkTable.write(out, List.of(chunk));
    return out.toBytes();
  }

  /** The name that {@code bytes} are. */
  public static DeltaRef decode(byte[] bytes) throws MalformedManifestException {
    try {
      ByteReader in = new ByteReader(ByteBuffer.wrap(bytes));
      Digest base = in.readDigest();
      List<ChunkRef> chunks = ChunkTable.read(in);
      in.expectEnd();
      if (chunks.size() != 1) {
        throw new MalformedManifestException("a delta in " + chunks.size() + " chunks");
      }
      return new DeltaRef(base, chunks.getFirst());
    } catch (IllegalArgumentException e) {
      throw new MalformedManifestException("not the name of a delta: " + e.getMessage(), e);
    }
  }
}
