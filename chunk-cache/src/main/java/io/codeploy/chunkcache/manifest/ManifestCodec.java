package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CuttingRules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads manifests in the format of the page {@code manifest.md} of {@code docs/formats},
 * version 1. Equal manifests have equal bytes.
 */
public final class ManifestCodec {
  /** The longest manifest, encoded: about eight million files. */
  public static final int MAX_BYTES = 512 << 20;

  static final int SHA_256 = 1;

  private static final byte[] MAGIC = "CDmanif\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private ManifestCodec() {}

  /**
   * The bytes of {@code manifest}.
   *
   * @throws IllegalArgumentException if they are more than {@link #MAX_BYTES}
   */
  public static byte[] encode(Manifest manifest) {
    ByteWriter out = new ByteWriter();
    out.writeBytes(MAGIC);
    out.writeByte(VERSION);
    out.writeByte(SHA_256);
    out.writeByte(CuttingRules.ID);
    ChunkTable.write(out, manifest.chunks());
    new EntryWriter(out).write(manifest.entries());
    writeArchive(out, manifest.archive());
    byte[] bytes = out.toBytes();
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a manifest of " + bytes.length + " bytes, limit " + MAX_BYTES);
    }
    return bytes;
  }

  /**
   * The manifest that {@code bytes} are, all of them; whatever they are, nothing is allocated
   * beyond a fixed multiple of their number and no path leaves the root.
   *
   * @throws MalformedManifestException if they are none, naming what is wrong
   */
  public static Manifest decode(byte[] bytes) throws MalformedManifestException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedManifestException(
          "a manifest of " + bytes.length + " bytes, limit " + MAX_BYTES);
    }
    try {
      return read(new ByteReader(ByteBuffer.wrap(bytes)));
    } catch (IllegalArgumentException e) {
      // The values of this package refuse what breaks their invariants.
      throw new MalformedManifestException("not a manifest: " + e.getMessage(), e);
    }
  }

  private static Manifest read(ByteReader in) throws MalformedManifestException {
    in.expect(MAGIC, "a manifest");
    in.expect(VERSION, "version of a manifest");
    in.expect(SHA_256, "hash algorithm");
    in.expect(CuttingRules.ID, "set of cutting rules");
    List<ChunkRef> chunks = ChunkTable.read(in);
    List<Entry> entries = new EntryReader(in).read();
    List<Integer> archive = readArchive(in);
    in.expectEnd();
    return new Manifest(chunks, entries, archive);
  }

  private static void writeArchive(ByteWriter out, List<Integer> archive) {
    out.writeVarint(archive.size());
    for (int chunk : archive) {
      out.writeVarint(chunk);
    }
  }

  private static List<Integer> readArchive(ByteReader in) throws MalformedManifestException {
    int count = in.readCount(1, "chunks of the archive");
    List<Integer> archive = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      archive.add(in.readInt(Integer.MAX_VALUE, "chunk of the archive"));
    }
    return archive;
  }
}
