package io.codeploy.chunkcache.manifest;

import static io.codeploy.chunkcache.manifest.Trees.raw;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCodecTest {
  @Test
  void writesTheExampleAsTheFormatPageSays() throws Exception {
    assertArrayEquals(
        FormatPage.example("manifest.md", "hex"), ManifestCodec.encode(Trees.example()));
  }

  @Test
  void readsTheExampleOfTheFormatPage() throws Exception {
    assertEquals(Trees.example(), ManifestCodec.decode(FormatPage.example("manifest.md", "hex")));
  }

  @Test
  void givesBackTheEmptyTree() throws Exception {
    Manifest empty = new Manifest(List.of(), List.of(), List.of());

    assertEquals(empty, ManifestCodec.decode(ManifestCodec.encode(empty)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void givesBackAnyTree(long seed) throws Exception {
    Manifest tree = Trees.random(seed, 500);

    byte[] bytes = ManifestCodec.encode(tree);

    assertEquals(tree, ManifestCodec.decode(bytes));
    assertArrayEquals(bytes, ManifestCodec.encode(Trees.random(seed, 500)));
  }

  @Test
  void givesBackATreeThatTravelsAsAnArchive() throws Exception {
    RegularFile sliced = Trees.file("file", new Slice(0, 0, 10));
    RegularFile archived =
        new RegularFile(
            sliced.path(), sliced.mode(), sliced.mtime(), 1L << 40, sliced.digest(), List.of());
    Manifest tree =
        new Manifest(List.of(raw("a", 10), raw("b", 20)), List.of(archived), List.of(0, 1, 0));

    assertEquals(tree, ManifestCodec.decode(ManifestCodec.encode(tree)));
  }

  @Test
  void givesBackTheTimesAtBothEnds() throws Exception {
    Manifest tree =
        new Manifest(
            List.of(),
            List.of(
                new Directory(Trees.path("a"), 0, Instant.MIN),
                new Directory(Trees.path("b"), 07777, Instant.MAX),
                new Directory(Trees.path("c"), 0, Instant.EPOCH)),
            List.of());

    assertEquals(tree, ManifestCodec.decode(ManifestCodec.encode(tree)));
  }

  @Test
  void refusesTheExampleCutAnywhere() {
    byte[] bytes = ManifestCodec.encode(Trees.example());

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(MalformedManifestException.class, () -> ManifestCodec.decode(cut));
    }
  }

  @Test
  void refusesAnythingBehindTheEnd() {
    byte[] bytes = ManifestCodec.encode(Trees.example());

    assertThrows(
        MalformedManifestException.class,
        () -> ManifestCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)));
  }

  /** Whatever bytes are accepted, they are the only ones for what they mean. */
  @Test
  void refusesRandomDamageOrTakesItForWhatItSays() {
    byte[] bytes = ManifestCodec.encode(Trees.random(3, 40));
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertArrayEquals(damaged, ManifestCodec.encode(ManifestCodec.decode(damaged)));
      } catch (MalformedManifestException e) {
        refused++;
      }
    }
    assertEquals(true, refused > 5_000, "refused " + refused);
  }
}
