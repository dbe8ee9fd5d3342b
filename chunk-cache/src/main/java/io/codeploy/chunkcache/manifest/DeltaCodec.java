package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes and reads deltas in the format of the page {@code delta.md} of {@code docs/formats},
 * version 1.
 */
public final class DeltaCodec {
  /** The longest delta: more than that is as well fetched chunk by chunk. */
  public static final int MAX_BYTES = CuttingRules.MAX_CHUNK_BYTES;

  private static final byte[] MAGIC = "CDdelta\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private DeltaCodec() {}

  /** Gives contents of files. */
  @FunctionalInterface
  public interface Contents {
    /** What {@code file} holds, verified. */
    byte[] read(RegularFile file) throws IOException;
  }

  /**
   * The delta from {@code base} to {@code target}; empty when it would be longer than {@link
   * #MAX_BYTES}.
   *
   * @throws IOException what {@code contents} has thrown
   */
  public static Optional<EncodedChunk> encode(
      WholeManifest base, WholeManifest target, Contents contents) throws IOException {
    List<RegularFile> files = Delta.carried(base.manifest(), target.manifest());
    if (files.stream().mapToLong(RegularFile::size).sum() > MAX_BYTES) {
      return Optional.empty();
    }
    ByteWriter out = new ByteWriter();
    out.writeBytes(MAGIC);
    out.writeByte(VERSION);
    Patch.write(out, base.bytes(), target.bytes());
    for (RegularFile file : files) {
      out.writeBytes(contents.read(file));
    }
    byte[] bytes = out.toBytes();
    return bytes.length > MAX_BYTES
        ? Optional.empty()
        : Optional.of(ChunkCodec.encode(ByteBuffer.wrap(bytes)));
  }

  /**
   * What {@code plain}, whose position is left alone, has brought to whoever has {@code base}.
   * Whatever the bytes are, the manifest is the one that {@code root} names, and each content is
   * its file's.
   *
   * @throws MalformedManifestException if they are no delta from the one to the other
   */
  public static Delta decode(ByteBuffer plain, WholeManifest base, ManifestRoot root)
      throws MalformedManifestException {
    ByteReader in = new ByteReader(plain.slice());
    in.expect(MAGIC, "a delta");
    in.expect(VERSION, "version of a delta");
    byte[] bytes = Patch.read(in, base.bytes(), (int) root.manifestLength());
    if (!Digest.of(bytes).equals(root.manifest())) {
      throw new MalformedManifestException("a delta to another manifest, or from another one");
    }
    WholeManifest target = WholeManifest.of(bytes, root.manifest());
    List<RegularFile> files = Delta.carried(base.manifest(), target.manifest());
    if (files.stream().mapToLong(RegularFile::size).sum() != in.remaining()) {
      throw new MalformedManifestException("a delta with too few or too many contents");
    }
    Map<Digest, Integer> places = Delta.places(files, plain.remaining() - in.remaining());
    verify(files, places, plain);
    return new Delta(target, places);
  }

  private static void verify(List<RegularFile> files, Map<Digest, Integer> places, ByteBuffer plain)
      throws MalformedManifestException {
    for (RegularFile file : files) {
      int place = Objects.requireNonNull(places.get(file.digest()));
      ByteBuffer content = plain.slice(plain.position() + place, (int) file.size());
      try {
        ChunkCodec.verify(file.digest(), content);
      } catch (CorruptChunkException e) {
        throw new MalformedManifestException(
            "a delta with other contents than " + file.path().value(), e);
      }
    }
  }
}
