package io.codeploy.chunkcache.manifest;

import static io.codeploy.chunkcache.manifest.Trees.raw;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCodecTest {
  @Test
  void givesBackTheExample() throws Exception {
    assertEquals(Trees.example(), ManifestCodec.decode(ManifestCodec.encode(Trees.example())));
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
}
