package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The records are those of docs/formats/tree-digest.md. */
class TreeDigestTest {
  private static final long SECONDS = 1_081_944_000;

  private static SourceEntry entry(
      SourceEntry.Kind kind, String name, long size, int nanos, int mode, String link) {
    return new SourceEntry(name, Path.of("none"), kind, size, SECONDS, nanos, mode, link);
  }

  private static SourceEntry file(String name, long size, int nanos, int mode) {
    return entry(SourceEntry.Kind.FILE, name, size, nanos, mode, "");
  }

  private static SourceEntry directory(String name) {
    return entry(SourceEntry.Kind.DIRECTORY, name, 0, 0, 0755, "");
  }

  private static SourceEntry link(String name, String text) {
    return entry(SourceEntry.Kind.LINK, name, 0, 7, 0777, text);
  }

  private static String of(SourceEntry... entries) {
    return of(List.of(entries));
  }

  private static String of(List<SourceEntry> entries) {
    return TreeDigest.of(SourceTree.onNode("tree", "tree", entries));
  }

  private static String sha256(String... records) {
    byte[] bytes = String.join("", records).getBytes(StandardCharsets.ISO_8859_1);
    return Digest.of(bytes, 0, bytes.length);
  }

  @Test
  void digestsSortedRecords() {
    assertEquals(
        sha256(
            "//d 755 1081944000.0000000000\0",
            "a-b//l a/b\0",
            "a//d 755 1081944000.0000000000\0",
            "a/b//f 640 10 1081944000.0000000050\0",
            "a/new\nline//f 4755 5000000000 1081944000.1234567890\0"),
        of(
            directory(""),
            directory("a"),
            file("a/b", 10, 5, 0640),
            file("a/new\nline", 5_000_000_000L, 123_456_789, 04755),
            link("a-b", "a/b")));
  }

  @Test
  void namesBytesAreSortedWithoutSigns() {
    assertEquals(
        sha256("//d 755 1081944000.0000000000\0", "z//l x\0", "\u00c3\u00a4//l x\0"),
        of(directory(""), link("\u00c3\u00a4", "x"), link("z", "x")));
  }

  @Test
  void allThatAPushWouldMendMakesAnother() {
    List<SourceEntry> tree =
        List.of(directory(""), file("a", 1, 0, 0644), file("b", 1, 0, 0644), link("c", "a"));
    List<String> digests = new ArrayList<>(List.of(of(tree)));
    List<SourceEntry> others =
        List.of(
            file("a", 2, 0, 0644),
            file("a", 1, 1, 0644),
            file("a", 1, 0, 0600),
            file("d", 1, 0, 0644),
            link("a", "b"),
            directory("a"));
    for (SourceEntry other : others) {
      List<SourceEntry> changed = new ArrayList<>(tree);
      changed.set(1, other);
      digests.add(of(changed));
    }
    digests.add(of(tree.subList(0, 3)));
    digests.add(of(directory(""), tree.get(1), tree.get(2), link("c", "b")));
    for (String digest : digests) {
      assertEquals(1, Collections.frequency(digests, digest));
    }
  }

  @Test
  void aLinksTextCannotPassForOtherRecords() {
    assertNotEquals(
        of(directory(""), link("a", "x"), link("b", "y")),
        of(directory(""), link("a", "x\nb//l y")));
  }
}
