package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads and writes the bytes of a scan cache, which the page {@code scan-cache.md} of {@code
 * docs/formats} describes.
 *
 * @param encoder how chunks are cut and compressed now
 */
record ScanCacheCodec(String encoder) {
  static final int MAGIC = 0x43447363;
  static final int VERSION = 1;

  /** The codec of this version of CoDeploy. */
  static ScanCacheCodec current() {
    return new ScanCacheCodec("rules-" + CuttingRules.ID + " " + ChunkCodec.encoder());
  }

  byte[] encode(ScanCache cache) {
    ScanCacheWriter out = new ScanCacheWriter();
    out.putInt(MAGIC);
    out.putShort(VERSION);
    out.putText(encoder);
    out.putInt(cache.files().size());
    cache.files().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(file -> putFile(out, file.getKey(), file.getValue()));
    out.putInt(cache.packs().size());
    new TreeMap<>(cache.packs()).forEach((key, pack) -> putPack(out, key, pack));
    out.putByte(cache.archive().isPresent() ? 1 : 0);
    cache.archive().ifPresent(archive -> putArchive(out, archive));
    out.putDigest(out.digest());
    return out.bytes();
  }

  /** The cache that {@code bytes} are; empty if they are none of this version and encoder. */
  Optional<ScanCache> decode(byte[] bytes) {
    int length = bytes.length - Digest.BYTES;
    if (length < 0
        || !Digest.of(bytes, 0, length)
            .equals(Digest.read(ByteBuffer.wrap(bytes, length, Digest.BYTES)))) {
      return Optional.empty();
    }
    try {
      return decode(new ScanCacheReader(ByteBuffer.wrap(bytes, 0, length)));
    } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
      // The checksum is right and the content is not: written by something else than this codec.
      return Optional.empty();
    }
  }

  private Optional<ScanCache> decode(ScanCacheReader in) {
    if (in.getInt() != MAGIC || in.getShort() != VERSION || !in.getText().equals(encoder)) {
      return Optional.empty();
    }
    Map<String, KnownFile> files = new LinkedHashMap<>();
    for (int left = in.getCount(); left > 0; left--) {
      files.put(in.getText(), in.getFile());
    }
    Map<Digest, KnownPack> packs = new HashMap<>();
    for (int left = in.getCount(); left > 0; left--) {
      packs.put(in.getDigest(), new KnownPack(in.getCut(), in.getChunk()));
    }
    Optional<KnownArchive> archive =
        in.getByte() == 0 ? Optional.empty() : Optional.of(in.getArchive());
    in.checkEnd();
    return Optional.of(new ScanCache(files, packs, archive));
  }

  private static void putFile(ScanCacheWriter out, String path, KnownFile known) {
    out.putText(path);
    out.putStamp(known.stamp());
    out.putDigest(known.digest());
    out.putCut(known.cut());
    out.putChunks(known.chunks());
  }

  private static void putPack(ScanCacheWriter out, Digest key, KnownPack pack) {
    out.putDigest(key);
    out.putCut(pack.cut());
    out.putChunk(pack.chunk());
  }

  private static void putArchive(ScanCacheWriter out, KnownArchive archive) {
    out.putDigest(archive.key());
    out.putStamp(archive.stamp());
    out.putChunks(archive.chunks());
  }
}
