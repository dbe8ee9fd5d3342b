package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that no controller of ours writes, byte by byte. */
class HostileManifestTest {
  private static final byte[] OVERLONG_ZERO = {(byte) 0x80, 0};

  private interface Part {
    void writeTo(ByteWriter out);
  }

  @Test
  void acceptsTheSameBytesWhenTheyAreHarmless() throws Exception {
    byte[] bytes = oneDirectory("a".getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of(Trees.path("a")), paths(ManifestCodec.decode(bytes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "..",
        "../x",
        "a/..",
        "a/../../x",
        ".",
        "./a",
        "a/.",
        "a//b",
        "a/",
        "nul\0",
        ""
      })
  void refusesAPathThatLeavesTheRootOrIsNone(String path) {
    String message = refusal(oneDirectory(path.getBytes(StandardCharsets.UTF_8)));

    assertTrue(message.contains("not a path below the root"), message);
  }

  @Test
  void refusesAPathThatIsNotUtf8() {
    for (byte[] path :
        new byte[][] {
          {(byte) 0xff},
          {'a', (byte) 0xc3},
          {(byte) 0xc0, (byte) 0xaf}, // an overlong slash
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half a surrogate pair
        }) {
      String message = refusal(oneDirectory(path));
      assertTrue(message.contains("UTF-8"), message);
    }
  }

  @Test
  void refusesNamesAndPathsThatAreTooLong() {
    assertTrue(
        refusal(oneDirectory("n".repeat(256).getBytes(StandardCharsets.UTF_8))).contains("255"));
    assertTrue(
        refusal(oneDirectory("n/".repeat(2048).getBytes(StandardCharsets.UTF_8)))
            .contains("length of a path"));
  }

  @Test
  void refusesAPathTwice() {
    assertRefused(
        "out of order or twice",
        out -> {
          directory(out, 0, "ab");
          directory(out, 2, "");
        });
  }

  @Test
  void refusesPathsOutOfOrder() {
    assertRefused(
        "out of order or twice",
        out -> {
          directory(out, 0, "b");
          directory(out, 0, "a");
        });
  }

  @Test
  void refusesASharedPrefixThatIsLongerThanThePath() {
    assertRefused(
        "length of a shared prefix",
        out -> {
          directory(out, 0, "ab");
          directory(out, 3, "c");
        });
  }

  @Test
  void refusesASharedPrefixThatIsShorterThanItCouldBe() {
    assertRefused(
        "shares more",
        out -> {
          directory(out, 0, "ab");
          directory(out, 0, "ac");
        });
  }

  @Test
  void refusesALinkAsAParent() {
    assertRefused(
        "no directory in the manifest holds a/b",
        out -> {
          link(out, "a", "/etc");
          directory(out, 1, "/b");
        });
  }

  @Test
  void refusesAParentThatIsNotThere() {
    assertRefused(
        "no directory in the manifest holds a/b",
        out -> {
          directory(out, 0, "a/b");
          directory(out, 0, "c");
        });
  }

  @Test
  void refusesLinksToNothingAndToNul() {
    assertRefused("not a link's target", out -> link(out, "a", ""), out -> link(out, "b", "x"));
    assertRefused("not a link's target", out -> link(out, "a", "x\0"), out -> link(out, "b", "x"));
  }

  @Test
  void refusesAnUnknownKindAndAnUnknownMode() {
    assertRefused("kind 3", out -> out.writeByte(3), out -> directory(out, 0, "pad"));
    assertRefused("mode", out -> directory(out, "a", 010000, 0), out -> directory(out, 0, "pad"));
  }

  @Test
  void refusesTimesBeyondAllLimits() {
    for (long seconds : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertRefused(
          "time beyond", out -> directory(out, "a", 0, seconds), out -> directory(out, 0, "pad"));
    }
  }

  @Test
  void refusesCountsThatDoNotFitIntoTheBytes() {
    for (long count : new long[] {1, 1000, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE}) {
      refusal(header(out -> out.writeVarint(count)));
      refusal(header(out -> counts(out, 0, count)));
      refusal(header(out -> counts(out, 0, 0, count)));
      refusal(header(out -> counts(out, 0, 0, 0, count)));
    }
  }

  @Test
  void refusesNumbersWithMoreBytesOrBitsThanTheyMayHave() {
    byte[] seventyBits = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2};
    byte[] negative = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};

    assertTrue(refusal(header(out -> out.writeBytes(OVERLONG_ZERO))).contains("more bytes"));
    assertTrue(refusal(header(out -> out.writeBytes(seventyBits))).contains("64 bits"));
    assertTrue(refusal(header(out -> out.writeBytes(negative))).contains("18446744073709551615"));
  }

  @Test
  void refusesFilesWithoutDigestsAndDigestsWithoutFiles() {
    assertTrue(
        refusal(
                header(
                    out -> {
                      counts(out, 0, 0, 1);
                      file(out, "a", 0);
                      out.writeVarint(0);
                    }))
            .contains("no digest"));
    assertTrue(
        refusal(
                header(
                    out -> {
                      counts(out, 0, 1);
                      out.writeDigest(Trees.digest("x"));
                      counts(out, 0, 0);
                    }))
            .contains("belong to no file"));
  }

  @Test
  void refusesSlicesOutOfRange() {
    assertSliceRefused("no chunk 1", 1, 0, 10);
    assertSliceRefused("number of a chunk", -1, 0, 10);
    assertSliceRefused("offset of a slice", 0, -1, 10);
    assertSliceRefused("beyond its chunk", 0, 91, 10);
    assertSliceRefused("beyond its chunk", 0, 0, 101);
    assertSliceRefused("slice of chunk", 0, 0, 0);
    assertSliceRefused("length of a slice", 0, 0, Integer.MAX_VALUE);
    assertSliceRefused("number of a chunk", Long.MAX_VALUE, 0, 1);
    assertSliceRefused("offset of a slice", 0, Long.MIN_VALUE, 1);
  }

  @Test
  void refusesAnArchiveOfChunksThatAreNotThere() {
    String message =
        refusal(
            header(
                out -> {
                  counts(out, 0, 0, 0, 1);
                  out.writeVarint(0);
                }));

    assertTrue(message.contains("no chunk 0 for archive"), message);
  }

  @Test
  void refusesContentWithoutSlicesWhereThereIsNoArchive() {
    String message =
        refusal(
            header(
                out -> {
                  counts(out, 0, 1);
                  out.writeDigest(Trees.digest("x"));
                  counts(out, 1);
                  file(out, "a", 0);
                  counts(out, 5, 0);
                }));

    assertTrue(message.contains("wrong number of slices"), message);
  }

  @Test
  void refusesChunksThatAreTooLongOrThereTwice() {
    ChunkRef chunk = Trees.raw("a", 10);

    assertTrue(
        refusal(
                header(
                    out -> ChunkTable.write(out, List.of(chunk, chunk)), o -> counts(o, 0, 0, 0)))
            .contains("twice"));
    assertTrue(refusal(header(out -> rawChunk(out, ChunkRef.MAX_LENGTH + 1))).contains("8388609"));
    assertTrue(refusal(header(out -> rawChunk(out, 0))).contains("chunk of 0 bytes"));
  }

  @Test
  void namesAnUnknownVersionAndAnotherFormat() {
    byte[] bytes = ManifestCodec.encode(Trees.example());
    byte[] next = bytes.clone();
    next[8] = 2;
    byte[] other = bytes.clone();
    other[0] = 'X';

    assertEquals("version of a manifest 2 is unknown here, only 1 is known", refusal(next));
    assertEquals("not a manifest", refusal(other));
  }

  private static void assertSliceRefused(String message, long chunk, long offset, long length) {
    String actual =
        refusal(
            header(
                out -> {
                  ChunkTable.write(out, List.of(Trees.raw("chunk", 100)));
                  counts(out, 1);
                  out.writeDigest(Trees.digest("x"));
                  counts(out, 1);
                  file(out, "a", 1);
                  out.writeSigned(chunk);
                  out.writeSigned(offset);
                  counts(out, length, 0);
                }));
    assertTrue(actual.contains(message), actual);
  }

  private static void assertRefused(String message, Part... twoEntries) {
    String actual =
        refusal(
            header(
                out -> {
                  counts(out, 0, 0, 2);
                  List.of(twoEntries).forEach(entry -> entry.writeTo(out));
                  counts(out, 0);
                }));
    assertTrue(actual.contains(message), actual);
  }

  private static String refusal(byte[] bytes) {
    MalformedManifestException refusal =
        assertThrows(MalformedManifestException.class, () -> ManifestCodec.decode(bytes));
    return String.valueOf(refusal.getMessage());
  }

  private static byte[] header(Part... rest) {
    ByteWriter out = new ByteWriter();
    out.writeBytes("CDmanif\n".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {1, 1, 1});
    List.of(rest).forEach(part -> part.writeTo(out));
    return out.toBytes();
  }

  private static byte[] oneDirectory(byte[] path) {
    return header(
        out -> {
          counts(out, 0, 0, 1);
          out.writeByte(0);
          counts(out, 0, path.length);
          out.writeBytes(path);
          counts(out, 0755, 0, 0, 0);
        });
  }

  private static void directory(ByteWriter out, int shared, String rest) {
    out.writeByte(0);
    counts(out, shared, rest.length());
    out.writeBytes(rest.getBytes(StandardCharsets.UTF_8));
    counts(out, 0755, 0, 0);
  }

  private static void directory(ByteWriter out, String path, int mode, long seconds) {
    out.writeByte(0);
    counts(out, 0, path.length());
    out.writeBytes(path.getBytes(StandardCharsets.UTF_8));
    out.writeVarint(mode);
    out.writeSigned(seconds);
    out.writeVarint(0);
  }

  private static void file(ByteWriter out, String path, int slices) {
    out.writeByte(1);
    counts(out, 0, path.length());
    out.writeBytes(path.getBytes(StandardCharsets.UTF_8));
    counts(out, 0644, 0, 0, slices);
  }

  private static void link(ByteWriter out, String path, String target) {
    out.writeByte(2);
    counts(out, 0, path.length());
    out.writeBytes(path.getBytes(StandardCharsets.UTF_8));
    counts(out, target.length());
    out.writeBytes(target.getBytes(StandardCharsets.UTF_8));
  }

  private static void rawChunk(ByteWriter out, int length) {
    counts(out, 1);
    out.writeByte(0);
    out.writeDigest(Trees.digest("x"));
    counts(out, length, 0, 0, 0);
  }

  private static void counts(ByteWriter out, long... numbers) {
    for (long number : numbers) {
      out.writeVarint(number);
    }
  }

  private static List<RelativePath> paths(Manifest manifest) {
    return manifest.entries().stream().map(Entry::path).toList();
  }
}
