package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The part of a signed root that is signed, as {@code signed-root.md} of {@code docs/formats}. */
final class RootCodec {
  private static final byte[] MAGIC = "CDroot\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int ED25519 = 1;

  private RootCodec() {}

  static byte[] encode(ManifestRoot root) {
    ByteWriter out = new ByteWriter();
    out.writeBytes(MAGIC);
    out.writeByte(VERSION);
    out.writeByte(ManifestCodec.SHA_256);
    out.writeByte(ED25519);
    out.writeDigest(root.manifest());
    out.writeVarint(root.manifestLength());
    ChunkTable.write(out, root.chunks());
    return out.toBytes();
  }

  static ManifestRoot decode(ByteBuffer bytes) throws MalformedManifestException {
    try {
      ByteReader in = new ByteReader(bytes);
      in.expect(MAGIC, "a signed root");
      in.expect(VERSION, "version of a signed root");
      in.expect(ManifestCodec.SHA_256, "hash algorithm");
      in.expect(ED25519, "signature algorithm");
      Digest manifest = in.readDigest();
      long length = in.readVarint(ManifestCodec.MAX_BYTES, "length of a manifest");
      ManifestRoot root = new ManifestRoot(manifest, length, ChunkTable.read(in));
      in.expectEnd();
      return root;
    } catch (IllegalArgumentException e) {
      throw new MalformedManifestException("not a signed root: " + e.getMessage(), e);
    }
  }
}
