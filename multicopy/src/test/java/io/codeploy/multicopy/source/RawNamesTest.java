package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawNamesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "\u00ff",
        "a\u0080\nb",
        "gr\u00c3\u00bc",
        "%41",
        "a b",
        "\u00ff/\u00fe?#x"
      })
  void areThePathsOfTheirBytes(String wire) throws Exception {
    Path path = RawNames.path(wire);

    assertEquals(wire, RawNames.text(path));
    assertEquals("/x/" + wire, RawNames.text(RawNames.path("/x/" + wire)));

    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, path);
    assertEquals(wire.substring(wire.lastIndexOf('/') + 1), RawNames.last(file));
    assertEquals(wire, RawNames.text(Files.readSymbolicLink(file)));
  }

  @Test
  void areTextWhereTheyHaveTheSubstituteAsTheirOwn() {
    assertTrue(RawNames.isText(RawNames.path("a\u00ef\u00bf\u00bd")));
    assertTrue(RawNames.isText(RawNames.path("/x/\u00ef\u00bf\u00bd/b")));
    assertFalse(RawNames.isText(RawNames.path("a\u00ff")));
    assertFalse(RawNames.isText(RawNames.path("\u00ef\u00bf\u00bd\u00ff")));
  }

  @Test
  void noLinkIsMadeInADirectoryThatIsInItsPlace() throws Exception {
    Path taken = Files.createDirectory(directory.resolve("taken"));

    assertThrows(FileAlreadyExistsException.class, () -> RawNames.link(taken, "data/"));

    try (Stream<Path> inside = Files.list(taken)) {
      assertEquals(0, inside.count());
    }
  }

  @Test
  void mayBeNoPath() {
    for (String wire : List.of("\0", "\u00ff\0")) {
      assertThrows(IllegalArgumentException.class, () -> RawNames.path(wire));
    }
  }
}
