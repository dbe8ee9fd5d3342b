package io.codeploy.multicopy.push;

import static io.codeploy.multicopy.push.Entries.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.SourceEntry;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final SourceEntry FILE = Entries.file("f", 10, 500, 0644);
  private static final SourceEntry DIRECTORY = Entries.directory("d", 0755);
  private static final SourceEntry LINK = Entries.link("l", "to");

  private static Found file(int mode, long size, long seconds, int nanos) {
    return Entries.found(Found.Kind.FILE, mode, size, seconds, nanos);
  }

  private static Found other(Found.Kind kind) {
    return Entries.found(kind, 0755, 10, SECONDS, 500);
  }

  @Test
  void tellsFilesApartBySizeAndTime() {
    assertEquals(Difference.NONE, Difference.of(FILE, file(0644, 10, SECONDS, 500)));
    assertEquals(Difference.NONE, Difference.of(FILE, file(0644, 10, SECONDS, 0)));
    assertEquals(Difference.ATTRIBUTES, Difference.of(FILE, file(0600, 10, SECONDS, 500)));
    assertEquals(Difference.CONTENT, Difference.of(FILE, file(0644, 11, SECONDS, 500)));
    assertEquals(Difference.CONTENT, Difference.of(FILE, file(0644, 10, SECONDS + 1, 500)));
    assertEquals(Difference.CONTENT, Difference.of(FILE, file(0644, 10, SECONDS, 501)));
  }

  @Test
  void replacesLinksAndFilesButNeitherDirectoriesNorDevices() {
    assertEquals(Difference.CONTENT, Difference.of(FILE, Entries.foundLink("x")));
    assertEquals(Difference.BLOCKED, Difference.of(FILE, other(Found.Kind.DIRECTORY)));
    assertEquals(Difference.BLOCKED, Difference.of(FILE, other(Found.Kind.OTHER)));
    assertEquals(Difference.CONTENT, Difference.of(LINK, other(Found.Kind.FILE)));
    assertEquals(Difference.BLOCKED, Difference.of(LINK, other(Found.Kind.DIRECTORY)));
    assertEquals(Difference.BLOCKED, Difference.of(LINK, other(Found.Kind.OTHER)));
  }

  @Test
  void tellsLinksApartByTheirTextWhereItIsTold() {
    assertEquals(Difference.NONE, Difference.of(LINK, Entries.foundLink("to")));
    assertEquals(Difference.CONTENT, Difference.of(LINK, Entries.foundLink("too")));
    assertEquals(Difference.CONTENT, Difference.of(LINK, other(Found.Kind.LINK)));
  }

  @Test
  void takesADirectoryForADirectoryOnly() {
    Found.Kind directory = Found.Kind.DIRECTORY;
    assertEquals(
        Difference.NONE,
        Difference.of(DIRECTORY, Entries.found(directory, 0755, 4096, SECONDS, 0)));
    assertEquals(
        Difference.ATTRIBUTES,
        Difference.of(DIRECTORY, Entries.found(directory, 0700, 4096, SECONDS, 0)));
    assertEquals(
        Difference.ATTRIBUTES,
        Difference.of(DIRECTORY, Entries.found(directory, 0755, 4096, SECONDS + 1, 0)));
    assertEquals(Difference.BLOCKED, Difference.of(DIRECTORY, other(Found.Kind.FILE)));
    assertEquals(Difference.BLOCKED, Difference.of(DIRECTORY, Entries.foundLink("d2")));
  }

  @Test
  void leavesItOpenWhetherFilesOfOneSizeAreTheSame() {
    assertTrue(Difference.isOpen(FILE, file(0600, 10, 5, 0)));
    assertFalse(Difference.isOpen(FILE, file(0644, 11, SECONDS, 500)));
    assertFalse(Difference.isOpen(FILE, Entries.foundLink("0123456789")));
    assertFalse(Difference.isOpen(DIRECTORY, other(Found.Kind.DIRECTORY)));
    assertEquals(Difference.NONE, Difference.ofSameContent(FILE, file(0644, 10, SECONDS, 500)));
    assertEquals(Difference.ATTRIBUTES, Difference.ofSameContent(FILE, file(0644, 10, 5, 0)));
    assertEquals(
        Difference.ATTRIBUTES, Difference.ofSameContent(FILE, file(0600, 10, SECONDS, 500)));
  }
}
