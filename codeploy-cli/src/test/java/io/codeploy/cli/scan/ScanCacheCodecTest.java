package io.codeploy.cli.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCacheCodecTest {
  private static final ScanCacheCodec CODEC = new ScanCacheCodec("rules-1 zstd-x-3");
  private static final String GOLDEN = "/scan-cache-v1.bin";

  @TempDir private Path temporary;

  @Test
  void writesTheBytesOfTheFormatPage() throws IOException {
    assertArrayEquals(golden(), CODEC.encode(example()));
  }

  @Test
  void readsTheBytesOfTheFormatPage() throws IOException {
    assertEquals(Optional.of(example()), CODEC.decode(golden()));
  }

  @Test
  void ignoresACacheThatIsCutShortAnywhere() throws IOException {
    byte[] whole = golden();
    for (int length = 0; length < whole.length; length++) {
      assertTrue(CODEC.decode(Arrays.copyOf(whole, length)).isEmpty(), "at " + length);
    }
  }

  @Test
  void ignoresACacheWithAnyByteChanged() throws IOException {
    for (int at = 0; at < golden().length; at++) {
      byte[] bytes = golden();
      bytes[at] ^= 0x40;
      assertTrue(CODEC.decode(bytes).isEmpty(), "at " + at);
    }
  }

  @Test
  void survivesHostileBytesUnderARightChecksum() throws IOException {
    byte[] whole = golden();
    int content = whole.length - Digest.BYTES;
    for (int at = 0; at < content; at++) {
      for (int value : new int[] {0, 1, 0x7F, 0xFF}) {
        byte[] bytes = whole.clone();
        bytes[at] = (byte) value;
        Digest.of(bytes, 0, content).write(ByteBuffer.wrap(bytes, content, Digest.BYTES));
        // It may be a cache all the same; nothing is thrown, and what is taken can be written.
        Optional<ScanCache> taken = CODEC.decode(bytes);
        assertEquals(taken, taken.flatMap(cache -> CODEC.decode(CODEC.encode(cache))));
      }
      byte[] shorter = Arrays.copyOf(whole, at + Digest.BYTES);
      Digest.of(shorter, 0, at).write(ByteBuffer.wrap(shorter, at, Digest.BYTES));
      assertTrue(CODEC.decode(shorter).isEmpty(), "ends at " + at);
    }
  }

  @Test
  void ignoresTheCacheOfAnotherEncoder() throws IOException {
    assertTrue(new ScanCacheCodec("rules-2 zstd-x-3").decode(golden()).isEmpty());
  }

  @Test
  void takesADamagedOrMissingFileForAnEmptyCache() throws IOException {
    ScanCacheFile file = new ScanCacheFile(temporary, Path.of("/some/dir"), CODEC);
    assertEquals(ScanCache.EMPTY, file.load());
    file.tryStore(example());
    assertEquals(example(), file.load());
    Path written = temporary.resolve("scan").resolve(ScanCacheFile.id(Path.of("/some/dir")) + "");
    Files.write(written, new byte[] {1, 2, 3});

    assertEquals(ScanCache.EMPTY, file.load());
  }

  @Test
  void putsUpWithACacheDirectoryThatCannotBeWritten() throws IOException {
    Path blocked = Files.createFile(temporary.resolve("file"));
    ScanCacheFile file = new ScanCacheFile(blocked, Path.of("/some/dir"), CODEC);

    file.tryStore(example());

    assertEquals(ScanCache.EMPTY, file.load());
  }

  static ScanCache example() {
    ChunkRef raw = ChunkRef.raw(digest("raw"), 200_000);
    ChunkRef zstd = new ChunkRef(digest("plain"), 300_000, Encoding.ZSTD, digest("frame"), 12_345);
    Map<String, KnownFile> files = new TreeMap<>();
    files.put("empty", KnownFile.uncut(stamp(0), digest("")));
    files.put("gr\u00fc\u00dfe/\ud83d\ude80", KnownFile.uncut(stamp(17), digest("small")));
    files.put(
        "large", new KnownFile(stamp(500_000), digest("large"), Cut.ENCODED, List.of(zstd, raw)));
    files.put("web", new KnownFile(stamp(200_000), digest("raw"), Cut.PLAIN, List.of(raw)));
    return new ScanCache(
        files,
        Map.of(digest("key"), new KnownPack(Cut.ENCODED, zstd)),
        Optional.of(new KnownArchive(digest("archive"), stamp(200_000), List.of(raw))));
  }

  private static FileStamp stamp(long size) {
    return new FileStamp(
        size,
        Instant.ofEpochSecond(1_700_000_000L, 123_456_789),
        Instant.ofEpochSecond(-1, 999_999_999),
        0x0102030405060708L);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] golden() throws IOException {
    try (InputStream in = ScanCacheCodecTest.class.getResourceAsStream(GOLDEN)) {
      return Objects.requireNonNull(in, GOLDEN).readAllBytes();
    }
  }
}
