package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        ".a",
        "...",
        "..a",
        "a../.b",
        "a/b",
        "a b",
        "a\\b",
        "grüße/😀",
        "-rf",
        "a\nb",
        "~"
      })
  void takesNamesOfAllKinds(String path) {
    assertEquals(path, new RelativePath(path).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/./b", "a\0"})
  void refusesAPathThatLeavesTheRootOrIsNone(String path) {
    assertThrows(IllegalArgumentException.class, () -> new RelativePath(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00b", "\udc00\ud800"})
  void refusesHalfASurrogatePair(String path) {
    assertThrows(IllegalArgumentException.class, () -> new RelativePath(path));
  }

  @Test
  void measuresNamesAndPathsInBytes() {
    String longest = "ü".repeat(127) + "x";
    String deepest = ("n".repeat(255) + "/").repeat(16).substring(0, 4095);

    assertEquals(longest, new RelativePath(longest).value());
    assertEquals(deepest, new RelativePath(deepest).value());
    assertThrows(IllegalArgumentException.class, () -> new RelativePath("ü".repeat(128)));
    assertThrows(IllegalArgumentException.class, () -> new RelativePath("n/" + deepest));
  }

  @Test
  void ordersByUtf8Bytes() {
    List<String> letters = List.of("a", "z", "/b", "-", "é", "\uffee", "😀", "\ue000", "中", "~");
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      RelativePath a = new RelativePath("p" + pick(letters, random));
      RelativePath b = new RelativePath("p" + pick(letters, random));
      int expected = Arrays.compareUnsigned(utf8(a), utf8(b));
      assertEquals(
          Integer.signum(expected), Integer.signum(a.compareTo(b)), () -> a + " against " + b);
    }
  }

  @Test
  void takesItselfApart() {
    RelativePath path = new RelativePath("a/b").child("c");

    assertEquals(List.of("a", "b", "c"), path.names());
    assertEquals("c", path.name());
    assertEquals("a", new RelativePath("a").name());
  }

  private static String pick(List<String> letters, Random random) {
    StringBuilder picked = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--) {
      picked.append(letters.get(random.nextInt(letters.size())));
    }
    return picked.toString();
  }

  private static byte[] utf8(RelativePath path) {
    return path.value().getBytes(StandardCharsets.UTF_8);
  }
}
