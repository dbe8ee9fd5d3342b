package io.codeploy.multicopy.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.rate.Brakes;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.RawNames;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCopyTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2004-04-14T12:00:00Z"));

  @TempDir Path root;
  private Path source;
  private final Progress progress = new Progress();

  @BeforeEach
  void makeTree() throws IOException {
    source = Files.createDirectories(root.resolve("source"));
    Files.createDirectories(source.resolve("empty"));
    Files.createDirectories(source.resolve("locked"));
    Files.writeString(source.resolve("locked/-dash file"), "content");
    Files.setPosixFilePermissions(
        source.resolve("locked/-dash file"), PosixFilePermissions.fromString("r-xr-x---"));
    Files.setLastModifiedTime(source.resolve("locked/-dash file"), LONG_AGO);
    Files.createSymbolicLink(source.resolve("dangling"), Path.of("nowhere"));
    Files.setPosixFilePermissions(
        source.resolve("locked"), PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setLastModifiedTime(source, LONG_AGO);
  }

  private void copy(Path from, Path to) throws IOException {
    TreeCopy.copy(from, to, progress, Exclusion.none(), "0123456789abcdef");
  }

  @Test
  void preservesModesTimesLinksAndEmptyDirectories() throws IOException {
    Path target = root.resolve("target");

    copy(source, target);

    Path file = target.resolve("locked/-dash file");
    assertEquals("content", Files.readString(file));
    assertEquals("r-xr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(LONG_AGO, Files.getLastModifiedTime(file));
    assertEquals(LONG_AGO, Files.getLastModifiedTime(target));
    assertEquals(
        "r-xr-xr-x",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("locked"))));
    assertEquals(Path.of("nowhere"), Files.readSymbolicLink(target.resolve("dangling")));
    assertTrue(Files.isDirectory(target.resolve("empty")));
    assertEquals(new Amount(1, 7), progress.done());
  }

  @Test
  void copiesOverAnEarlierCopyAndLeavesNoTemporaryFile() throws IOException {
    Path target = root.resolve("target");
    copy(source, target);
    Files.writeString(source.resolve("late"), "2");

    copy(source, target);

    assertEquals("2", Files.readString(target.resolve("late")));
    try (Stream<Path> all = Files.walk(target)) {
      assertFalse(all.anyMatch(path -> path.toString().endsWith(".multicopy")));
    }
  }

  @Test
  void leavesAFileOfTheSameSizeAndTimeAsItIs() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "here");
    Path target = Files.writeString(root.resolve("target"), "same");
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toInstant().plusNanos(1)));
    Files.setLastModifiedTime(target, LONG_AGO);

    copy(file, target);
    assertEquals("same", Files.readString(target));
    assertEquals(new Amount(1, 4), progress.skipped());
    assertEquals(Amount.NONE, progress.done());

    Files.setLastModifiedTime(target, FileTime.from(LONG_AGO.toInstant().plusNanos(2)));
    copy(file, target);
    assertEquals("here", Files.readString(target));
  }

  @Test
  void leavesALinkOfTheSameTextAsItIs() throws IOException {
    Path target = root.resolve("target");
    copy(source, target);
    Path same = Files.createLink(root.resolve("same"), target.resolve("dangling"));

    copy(source, target);

    assertEquals(inode(same), inode(target.resolve("dangling")));
  }

  private static Object inode(Path link) throws IOException {
    return Files.getAttribute(link, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void givesAFileThatIsThereItsMode() throws IOException {
    Path target = root.resolve("target");
    copy(source, target);
    Path file = source.resolve("locked/-dash file");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

    copy(source, target);

    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(target.resolve("locked/-dash file"))));
    assertEquals(1, progress.skipped().files());
  }

  /** Else two copies to one place would write into one file. */
  @Test
  void writesToNoFileThatAnotherCopyHasUnderWay() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "new");
    Path target = Files.createDirectory(root.resolve("to")).resolve("file");
    Path others = target.resolveSibling(".file.fedcba9876543210.multicopy");
    try (OutputStream out = Files.newOutputStream(others)) {
      copy(file, target);
      out.write(1);
    }

    assertEquals("new", Files.readString(target));
    assertFalse(Files.exists(others));
  }

  @Test
  void anotherCopyThatBeginsMeanwhileWins() throws IOException {
    Path first = Files.writeString(root.resolve("first"), "begun first");
    Path second = Files.writeString(root.resolve("second"), "begun second");
    Path target = Files.createDirectory(root.resolve("to")).resolve("file");
    TimeSource time = meanwhile(() -> copy(second, target));
    Rates rates = new Rates(OptionalLong.of(1), OptionalLong.empty());
    Progress slow = new Progress(new Brakes(rates, time).node());

    FileSystemException failed =
        assertThrows(
            FileSystemException.class,
            () -> TreeCopy.copy(first, target, slow, Exclusion.none(), "fedcba9876543210"));

    assertEquals("another copy of it was begun meanwhile; copy again", failed.getReason());
    assertEquals("begun second", Files.readString(target));
  }

  private interface Act {
    void run() throws IOException;
  }

  /** Acts while somebody waits. */
  private static TimeSource meanwhile(Act act) {
    AtomicLong now = new AtomicLong();
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return now.get();
      }

      @Override
      public void sleep(Duration duration) {
        now.addAndGet(duration.toNanos());
        try {
          act.run();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /** In a directory that anybody may write to, one may lie there already. */
  @Test
  void writesThroughNoLink() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "new");
    Path victim = Files.writeString(root.resolve("victim"), "old");
    Path target = Files.createDirectory(root.resolve("to")).resolve("file");
    Files.createSymbolicLink(target.resolveSibling(".file.0123456789abcdef.multicopy"), victim);

    copy(file, target);

    assertEquals("old", Files.readString(victim));
    assertEquals("new", Files.readString(target));
    assertFalse(Files.isSymbolicLink(target));
  }

  @Test
  void leavesTemporaryFilesOfOtherNamesAlone() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "new");
    Path directory = Files.createDirectory(root.resolve("to"));
    Path others = Files.createFile(directory.resolve(".other.fedcba9876543210.multicopy"));

    copy(file, directory.resolve("file"));

    assertTrue(Files.exists(others));
  }

  @Test
  void keepsNamesThatAreNotUtf8Apart() throws IOException {
    Path inside = Files.createDirectory(source.resolve(RawNames.path("d\u00e9")));
    List<String> names = List.of("a\u00e8", "a\u00e9");
    for (String name : names) {
      Files.writeString(inside.resolve(RawNames.path(name)), name);
    }
    Path target = root.resolve("target");

    copy(source, target);
    for (String name : names) {
      Path directory = target.resolve(RawNames.path("d\u00e9"));
      Path copy = directory.resolve(RawNames.path(name));
      assertEquals(name, Files.readString(copy));
      assertEquals(copy, Placement.of(directory, true, 2).of(RawNames.path("x/" + name)));
    }
  }

  @Test
  void namesTheSourceThatCannotBeRead() {
    Path unreadable = Path.of("/proc/self/mem");
    Assumptions.assumeTrue(Files.isReadable(unreadable), "no /proc");

    FileSystemException failed =
        assertThrows(FileSystemException.class, () -> copy(unreadable, root.resolve("x")));

    assertEquals(unreadable.toString(), failed.getFile());
  }

  @Test
  void copiesNoDirectoryIntoItself() throws IOException {
    Files.createSymbolicLink(root.resolve("way"), source.resolve("empty"));
    for (String inside : List.of("source/new", "source/empty", "way/new")) {
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> copy(source, root.resolve(inside)));
      assertTrue(String.valueOf(refused.getReason()).contains("into itself"), refused.getMessage());
    }
    copy(source, root.resolve("source"));
    copy(source, root.resolve("source2"));

    assertFalse(Files.exists(source.resolve("new")));
    assertTrue(Files.exists(root.resolve("source2/empty")));
    try (Stream<Path> empty = Files.list(source.resolve("empty"))) {
      assertEquals(0, empty.count());
    }
  }

  @Test
  void placesSourcesInADirectoryUnderTheirOwnNames() throws IOException {
    Placement placement = Placement.of(source, true, 2);

    assertEquals(source.resolve("x"), placement.of(Path.of("some/x")));
    assertEquals(source.resolve("x"), placement.of(Path.of("some/x/.")));
  }

  @Test
  void placesASingleSourceAtADestinationThatIsNotThere() throws IOException {
    Path destination = root.resolve("new name");

    assertEquals(destination, Placement.of(destination, true, 1).of(Path.of("some/x")));
  }

  @Test
  void refusesSeveralSourcesForWhatIsNoDirectory() {
    Path destination = root.resolve("new name");

    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> Placement.of(destination, true, 2));
    assertEquals(List.of(destination.toString()), List.of(refused.getFile()));
  }

  @Test
  void givesAFileNoNameWithASlashAtItsEnd() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "x");
    Placement placement = Placement.of(root.resolve("new"), false, 1);

    assertThrows(FileSystemException.class, () -> placement.of(file));
    assertEquals(root.resolve("new"), placement.of(source));
  }
}
