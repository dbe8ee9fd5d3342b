package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushes of files with holes. */
class SparseIT {
  @TempDir Path directory;

  /** A file of {@code size} bytes with a few in it. */
  private Path sparse(long size) throws IOException {
    Path path = directory.resolve("sparse");
    byte[] some = new byte[200_000];
    new Random(3).nextBytes(some);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      for (long at : new long[] {0, size / 3, size / 2 + 7, size - 300_000}) {
        file.seek(at);
        file.write(some);
      }
    }
    return path;
  }

  private static long kilobytes(Path path) throws IOException, InterruptedException {
    Process du = new ProcessBuilder("du", "-k", path.toString()).start();
    String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assumptions.assumeTrue(du.waitFor() == 0, "no du");
    return Long.parseLong(said.split("\\s", 2)[0]);
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"EMBEDDED", "OPENSSH", "BUSYBOX"})
  void leavesHolesWhereTheyAre(Programs programs) throws Exception {
    Path file = sparse((100 << 20) + 17);
    Assumptions.assumeTrue(kilobytes(file) < 4096, "this file system has no holes");
    try (SshNodes nodes = programs.start(directory)) {
      PushRig.Result result = new PushRig(directory, nodes).run(file.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      Path copy = nodes.nodes().getFirst().home().resolve("sparse");
      assertEquals(-1, Files.mismatch(file, copy));
      assertTrue(kilobytes(copy) < 4096, "takes " + kilobytes(copy) + " KiB");
      assertEquals(
          Files.getLastModifiedTime(file).toInstant().getEpochSecond(),
          Files.getLastModifiedTime(copy).toInstant().getEpochSecond());
    }
  }

  /** They come first, and busybox's tar gives directories that are there no mode. */
  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX"})
  void givesDirectoriesOfSuchFilesTheirModes(Programs programs) throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "in/some/file", "beside/file");
    Files.move(sparse(40 << 20), tree.resolve("in/some/sparse"));
    Set<PosixFilePermission> shared = PosixFilePermissions.fromString("rwxrwxr-x");
    Files.setPosixFilePermissions(tree.resolve("in"), shared);
    try (SshNodes nodes = programs.start(directory)) {
      PushRig rig = new PushRig(directory, nodes);
      PushRig.Result result = rig.run(tree.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      Path copy = nodes.nodes().getFirst().home().resolve("tree");
      assertEquals(shared, Files.getPosixFilePermissions(copy.resolve("in")));
      assertTrue(rig.run("--dry-run", tree.toString(), "@:").out().endsWith("\n. 7 unchanged\n\n"));
    }
  }

  @Test
  void sendsTheZerosWhereANodeCannotMakeHoles() throws IOException {
    Path file = sparse(40 << 20);
    try (SshNodes nodes = Programs.BUSYBOX.start(directory)) {
      Files.delete(directory.resolve("bin/dd"));

      PushRig.Result result = new PushRig(directory, nodes).run(file.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertEquals(-1, Files.mismatch(file, nodes.nodes().getFirst().home().resolve("sparse")));
    }
  }

  @Test
  void pushesFiveGigabytesOfNothing() throws Exception {
    Path file = sparse(5L << 30);
    Assumptions.assumeTrue(kilobytes(file) < 4096, "this file system has no holes");
    try (SshNodes nodes = Programs.BUSYBOX_WITHOUT_DIGESTS.start(directory)) {
      PushRig.Result result = new PushRig(directory, nodes).run(file.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      Path copy = nodes.nodes().getFirst().home().resolve("sparse");
      assertEquals(5L << 30, Files.size(copy));
      assertTrue(kilobytes(copy) < 4096, "takes " + kilobytes(copy) + " KiB");
    }
  }
}
