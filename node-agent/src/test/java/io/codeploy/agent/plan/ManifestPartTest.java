package io.codeploy.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.Extent;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.manifest.Manifest;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestPartTest {
  /** By index: 0, 0/a, 0/a/x, 0/b, 0/b/y, 1. */
  private static final Manifest WHOLE =
      new Tree()
          .directory("0")
          .directory("0/a")
          .file("0/a/x", "x")
          .directory("0/b")
          .file("0/b/y", "y")
          .file("1", "one")
          .manifest();

  @Test
  void takesFilesWithTheDirectoriesThatHoldThem() {
    assertEquals(List.of("0", "0/b", "0/b/y"), paths(part(List.of("0", "1"), 4)));
  }

  @Test
  void givesRootEntriesTheirNamesAndKeepsTheOrderOfAManifest() {
    assertEquals(
        List.of("alpha", "zoo", "zoo/a", "zoo/a/x"), paths(part(List.of("zoo", "alpha"), 2, 5)));
  }

  @Test
  void letsNamesOfWhatIsNotWantedBeTheSame() {
    assertEquals(List.of("same"), paths(part(List.of("same", "same"), 5)));
  }

  @Test
  void keepsTheListOfChunks() {
    assertEquals(WHOLE.chunks(), part(List.of("0", "1"), 5).chunks());
  }

  @Test
  void refusesEntriesThatAreNotThere() {
    assertThrows(IllegalArgumentException.class, () -> part(List.of("0", "1"), 6));
  }

  @Test
  void refusesTooFewOrTooManyNames() {
    assertThrows(IllegalArgumentException.class, () -> part(List.of("0"), 5));
    assertThrows(IllegalArgumentException.class, () -> part(List.of("0", "1", "2"), 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", "a\0", "."})
  void refusesNamesThatLeadOutOfTheDirectory(String name) {
    assertThrows(IllegalArgumentException.class, () -> part(List.of(name, "1"), 2));
  }

  @Test
  void refusesWhatIsNotBase64() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ManifestPart.of(WHOLE, new Extent.Part(List.of("0", "1"), "*")));
  }

  @Test
  void mayBeNothing() {
    assertTrue(part(List.of("0", "1")).entries().isEmpty());
  }

  private static Manifest part(List<String> names, int... files) {
    BitSet wanted = new BitSet();
    for (int file : files) {
      wanted.set(file);
    }
    String text = Base64.getEncoder().encodeToString(wanted.toByteArray());
    return ManifestPart.of(WHOLE, new Extent.Part(names, text));
  }

  private static List<String> paths(Manifest manifest) {
    return manifest.entries().stream().map(entry -> entry.path().value()).toList();
  }
}
