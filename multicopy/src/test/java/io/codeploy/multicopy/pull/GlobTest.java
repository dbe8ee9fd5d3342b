package io.codeploy.multicopy.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobTest {
  @TempDir Path root;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(root.resolve("dir"));
    for (String name : List.of("b.txt", "a.txt", ".hidden", "a{1}", "with blank")) {
      Files.createFile(root.resolve("dir").resolve(name));
    }
  }

  @Test
  void sortsMatchesAndLeavesHiddenOnesOut() throws IOException {
    assertEquals(List.of("a.txt", "a{1}", "b.txt", "with blank"), expand("dir/*"));
  }

  @Test
  void matchesAHiddenNameByADot() throws IOException {
    assertEquals(List.of(".hidden"), expand("dir/.h*"));
  }

  @Test
  void takesSetsAndQuestionMarks() throws IOException {
    assertEquals(List.of("a.txt", "b.txt"), expand("d?r/[ab].txt"));
  }

  @Test
  void takesBracesAsTheyAre() throws IOException {
    assertEquals(List.of("a{1}"), expand("dir/a{?}"));
    assertEquals(List.of("a{1}"), expand("dir/a{1}"));
  }

  @Test
  void refusesAPatternWithoutAMatch() {
    assertThrows(NoSuchFileException.class, () -> expand("dir/*.none"));
    assertThrows(NoSuchFileException.class, () -> expand("none/*"));
    assertThrows(NoSuchFileException.class, () -> expand("dir/none"));
  }

  @Test
  void tellsAPatternFromANameWithQuotedSigns() {
    assertTrue(Glob.isPattern("a*"));
    assertTrue(Glob.isPattern("a\\\\[b]"), "the backslash is quoted itself");
    assertFalse(Glob.isPattern("a\\*\\?\\["));
    assertEquals("a*\\b", Glob.literal("a\\*\\b"));
    assertEquals("[x]", Glob.literal("\\[x\\]"), "as shells quote it");
  }

  private List<String> expand(String pattern) throws IOException {
    return Glob.expand(FileSystems.getDefault(), root + "/" + pattern).stream()
        .map(path -> path.getFileName().toString())
        .toList();
  }
}
