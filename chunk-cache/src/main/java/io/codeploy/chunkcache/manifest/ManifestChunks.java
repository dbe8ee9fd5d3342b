package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.chunk.FastCdc;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest as chunks, so that it travels as content does: a manifest is cut by the rules for a
 * file of its length. Equal manifests give equal chunks and an equal root.
 */
public final class ManifestChunks {
  private ManifestChunks() {}

  /** The chunks of {@code manifest} and the root that names them. */
  public static EncodedManifest encode(Manifest manifest) {
    WholeManifest whole = WholeManifest.of(manifest);
    byte[] bytes = whole.bytes();
    List<EncodedChunk> chunks = new ArrayList<>();
    for (int offset = 0; offset < bytes.length; ) {
      int length = firstChunk(bytes, offset);
      chunks.add(ChunkCodec.encode(ByteBuffer.wrap(bytes, offset, length)));
      offset += length;
    }
    List<ChunkRef> refs = chunks.stream().map(EncodedChunk::ref).toList();
    return new EncodedManifest(whole, new ManifestRoot(whole.digest(), bytes.length, refs), chunks);
  }

  private static int firstChunk(byte[] bytes, int offset) {
    return bytes.length < CuttingRules.CUT_FROM_BYTES
        ? bytes.length
        : FastCdc.standard().cut(bytes, offset, bytes.length - offset);
  }

  /**
   * The manifest that {@code root} names, from its plain chunks in order, whose positions are left
   * alone.
   *
   * @throws MalformedManifestException if they are not that manifest
   */
  public static WholeManifest join(ManifestRoot root, List<ByteBuffer> plainChunks)
      throws MalformedManifestException {
    long length = plainChunks.stream().mapToLong(ByteBuffer::remaining).sum();
    if (length != root.manifestLength()) {
      throw new MalformedManifestException(
          "chunks of " + length + " bytes for a manifest of " + root.manifestLength());
    }
    ByteBuffer whole = ByteBuffer.allocate((int) length);
    plainChunks.forEach(chunk -> whole.put(chunk.duplicate()));
    byte[] bytes = whole.array();
    if (!Digest.of(bytes).equals(root.manifest())) {
      throw new MalformedManifestException("the chunks are not those of the manifest");
    }
    return WholeManifest.of(bytes, root.manifest());
  }
}
