package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushes against nodes of all kinds. */
class PushIT {
  @TempDir Path directory;

  private SshNodes start(Programs kind) throws IOException {
    return kind.start(directory);
  }

  private Path home(SshNodes nodes) {
    return nodes.nodes().getFirst().home();
  }

  private PushRig.Result push(SshNodes nodes, String... words) throws IOException {
    PushRig.Result result = new PushRig(directory, nodes).run(words);
    assertEquals(ExitCode.OK, result.code(), result.err());
    assertEquals(List.of(), PushRig.stages(home(nodes)));
    return result;
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SFTP_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void pushesATreeOfOddNamesWithModesAndTimes(Programs kind) throws IOException {
    Path tree = OddTree.make(directory.resolve("tree"));
    boolean fractions = kind == Programs.EMBEDDED || kind == Programs.OPENSSH;
    try (SshNodes nodes = start(kind)) {
      push(nodes, tree.toString(), "@:a new name");
      assertEquals(
          OddTree.told(tree, fractions),
          OddTree.told(home(nodes).resolve("a new name"), fractions));

      push(nodes, tree.toString(), "@:");
      assertEquals(
          OddTree.told(tree, fractions), OddTree.told(home(nodes).resolve("tree"), fractions));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SFTP_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void sendsAgainOnlyWhatIsDifferent(Programs kind) throws IOException {
    Path tree = OddTree.make(directory.resolve("tree"));
    try (SshNodes nodes = start(kind)) {
      push(nodes, tree.toString(), "@:");
      Path copy = home(nodes).resolve("tree");
      // Of the same size and time, so that it is taken to be the same.
      Path kept = copy.resolve("two words/two words");
      Files.writeString(kept, "IN TWO WORDS");
      Files.setLastModifiedTime(
          kept, FileTime.from(OddTree.LONG_AGO.toInstant().getEpochSecond(), TimeUnit.SECONDS));
      Files.writeString(copy.resolve("-rf/-rf"), "another");
      Files.setPosixFilePermissions(
          copy.resolve("empty"), PosixFilePermissions.fromString("rwx------"));
      Files.delete(copy.resolve("new\nline/new\nline"));
      Files.writeString(copy.resolve("extra"), "stays");

      push(nodes, tree.toString(), "@:");

      assertEquals("IN TWO WORDS", Files.readString(kept));
      assertEquals("in -rf", Files.readString(copy.resolve("-rf/-rf")));
      assertEquals("in new\nline", Files.readString(copy.resolve("new\nline/new\nline")));
      assertEquals("stays", Files.readString(copy.resolve("extra")));
      assertEquals(
          Files.getPosixFilePermissions(tree.resolve("empty")),
          Files.getPosixFilePermissions(copy.resolve("empty")));
      assertEquals(
          OddTree.LONG_AGO.toInstant().getEpochSecond(),
          Files.getLastModifiedTime(copy.resolve("-rf")).toInstant().getEpochSecond());
    }
  }

  @ParameterizedTest
  @EnumSource(Programs.class)
  void replacesAFileAndALinkButNotADirectory(Programs kind) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (SshNodes nodes = start(kind)) {
      Path home = home(nodes);
      Files.writeString(home.resolve("elsewhere"), "untouched");
      Files.createSymbolicLink(home.resolve("file"), Path.of("elsewhere"));
      Files.createDirectories(home.resolve("dir/file"));

      push(nodes, file.toString(), "@:");
      PushRig.Result refused = new PushRig(directory, nodes).run(file.toString(), "@:dir");

      assertTrue(Files.isRegularFile(home.resolve("file"), LinkOption.NOFOLLOW_LINKS));
      assertEquals("new", Files.readString(home.resolve("file")));
      assertEquals("untouched", Files.readString(home.resolve("elsewhere")));
      assertEquals(ExitCode.REMOTE, refused.code());
      assertTrue(Files.isDirectory(home.resolve("dir/file")));
    }
  }

  @ParameterizedTest
  @EnumSource(Programs.class)
  void goesThroughALinkToADirectory(Programs kind) throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.writeString(tree.resolve("file"), "new");
    try (SshNodes nodes = start(kind)) {
      Path real = Files.createDirectories(home(nodes).resolve("real/tree"));
      Files.createSymbolicLink(home(nodes).resolve("link"), Path.of("real"));
      Files.createSymbolicLink(home(nodes).resolve("tree"), Path.of("real/tree"));

      push(nodes, tree.toString(), "@:link");
      assertEquals("new", Files.readString(real.resolve("file")));
      Files.delete(real.resolve("file"));
      push(nodes, tree.toString(), "@:");

      assertEquals("new", Files.readString(real.resolve("file")));
      assertTrue(Files.isSymbolicLink(home(nodes).resolve("tree")));
    }
  }

  @ParameterizedTest
  @EnumSource(Programs.class)
  void putsALargeFileAndManySourcesIntoADirectory(Programs kind) throws IOException {
    Path big = directory.resolve("it's big");
    byte[] content = new byte[33 << 20];
    new Random(7).nextBytes(content);
    Files.write(big, content);
    Files.setLastModifiedTime(big, OddTree.LONG_AGO);
    Files.setPosixFilePermissions(big, PosixFilePermissions.fromString("rwxr-x---"));
    Path small = Files.writeString(directory.resolve("small"), "small");
    try (SshNodes nodes = start(kind)) {
      Path into = Files.createDirectories(home(nodes).resolve("into"));

      push(nodes, big.toString(), small.toString(), "@:into/");

      assertEquals(-1, Files.mismatch(big, into.resolve("it's big")));
      assertEquals("small", Files.readString(into.resolve("small")));
      assertEquals(
          OddTree.LONG_AGO.toInstant().getEpochSecond(),
          Files.getLastModifiedTime(into.resolve("it's big")).toInstant().getEpochSecond());
      assertEquals(
          "rwxr-x---",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(into.resolve("it's big"))));
    }
  }

  @Test
  void continuesALargeFileInTheStageOfARunThatIsGone() throws IOException {
    Path big = directory.resolve("big");
    byte[] content = new byte[40 << 20];
    new Random(8).nextBytes(content);
    Files.write(big, content);
    try (SshNodes nodes = start(Programs.OPENSSH)) {
      Path home = home(nodes);
      Files.createDirectories(home.resolve(".multicopy-0123456789abcdef.999999999.elsewhere/t"));
      Path stale = home.resolve(".multicopy-0123456789abcdef.999999999." + hostName());
      Files.createDirectories(stale.resolve("t"));

      PushRig.Result result = new PushRig(directory, nodes).run(big.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertFalse(Files.exists(stale));
      assertEquals(1, PushRig.stages(home).size(), "that of another host is none of ours");
      assertEquals(-1, Files.mismatch(big, home.resolve("big")));
    }
  }

  @Test
  void completesWhatAKilledClientBegan() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    byte[] content = new byte[128 << 20];
    new Random(9).nextBytes(content);
    Files.write(tree.resolve("big"), content);
    Files.writeString(tree.resolve("small"), "small");
    try (SshNodes nodes = start(Programs.OPENSSH)) {
      Path home = home(nodes);
      PushRig rig = new PushRig(directory, nodes);
      Process client = rig.start(tree.toString(), "@:");
      Path part = awaitPart(home, client);
      client.destroyForcibly().waitFor();
      assertFalse(Files.exists(home.resolve("tree")));
      Object file = Files.readAttributes(part, BasicFileAttributes.class).fileKey();
      awaitNoHolder(home);

      push(nodes, tree.toString(), "@:");

      Path big = home.resolve("tree/big");
      assertEquals(file, Files.readAttributes(big, BasicFileAttributes.class).fileKey());
      assertEquals(
          OddTree.told(tree.resolve("small"), true),
          OddTree.told(home.resolve("tree/small"), true));
      assertEquals(-1, Files.mismatch(tree.resolve("big"), big));
    }
  }

  private static Path awaitPart(Path home, Process client) throws Exception {
    PushRig.until("a part of the file is there", () -> part(home).isPresent() || !client.isAlive());
    return part(home).orElseThrow();
  }

  private static Optional<Path> part(Path home) throws IOException {
    for (Path stage : PushRig.stages(home)) {
      Path part = stage.resolve("t/tree/big");
      if (Files.exists(part) && Files.size(part) > 1 << 20) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  /** Until the script that holds the stage has seen that its client is gone. */
  private static void awaitNoHolder(Path home) throws Exception {
    String name = PushRig.stages(home).getFirst().getFileName().toString();
    Path process = Path.of("/proc", name.split("\\.", -1)[2]);
    PushRig.until("the stage's holder is gone", () -> !Files.exists(process));
  }

  private static String hostName() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }

  @Test
  void tellsOfAFullDiskAndLeavesNothing() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.write(tree.resolve("much"), new byte[3_000_000]);
    try (SshNodes nodes = start(Programs.OPENSSH)) {
      Path small = Files.createDirectories(home(nodes).resolve("small"));
      Assumptions.assumeTrue(
          Tmpfs.mount(small, "size=1m"), "mounting a tmpfs needs root and CAP_SYS_ADMIN");
      try {
        PushRig.Result result = new PushRig(directory, nodes).run(tree.toString(), "@:small");

        assertEquals(ExitCode.REMOTE, result.code());
        assertTrue(result.err().contains("No space left on device"), result.err());
        assertEquals(0, small.toFile().list().length);
      } finally {
        Tmpfs.unmount(small);
      }
    }
  }

  @Test
  void tellsOfADestinationThatMayNotBeWritten() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (SshNodes nodes = start(Programs.OPENSSH)) {
      Path small = Files.createDirectories(home(nodes).resolve("small"));
      Assumptions.assumeTrue(
          Tmpfs.mount(small, "ro"), "mounting a tmpfs needs root and CAP_SYS_ADMIN");
      try {
        PushRig.Result result = new PushRig(directory, nodes).run(file.toString(), "@:small");

        assertEquals(ExitCode.REMOTE, result.code());
        assertTrue(result.err().contains("small: read-only file system"), result.err());
      } finally {
        Tmpfs.unmount(small);
      }
    }
  }

  @Test
  void tellsOfADirectoryThatIsMissing() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (SshNodes nodes = start(Programs.OPENSSH)) {
      PushRig.Result result = new PushRig(directory, nodes).run(file.toString(), "@:no/such");

      assertEquals(ExitCode.REMOTE, result.code());
      assertTrue(result.err().contains("no: no such directory"), result.err());
    }
  }
}
