package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void mayBeNoPath() {
    for (String wire : List.of("\0", "\u00ff\0")) {
      assertThrows(IllegalArgumentException.class, () -> RawNames.path(wire));
    }
  }
}
