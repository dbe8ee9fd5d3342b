package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushes that compare by digest. */
class ChecksumIT {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2004-04-14T12:00:00Z"));

  @TempDir Path directory;

  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"EMBEDDED", "OPENSSH", "BUSYBOX"})
  void sendsWhatHasAnotherContentAndSetsTheTimeOfTheRest(Programs programs) throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "same", "other", "longer");
    for (String odd : Trees.ODD) {
      Trees.make(tree, "same " + odd + "/" + odd, "other " + odd + "/" + odd);
    }
    for (String name : Trees.names(tree)) {
      Files.setLastModifiedTime(tree.resolve(name), LONG_AGO);
    }
    try (SshNodes nodes = programs.start(directory)) {
      Path there = nodes.nodes().getFirst().home().resolve("tree");
      Trees.make(there, "same", "other", "longer");
      Files.writeString(there.resolve("longer"), "longer than here");
      Files.writeString(there.resolve("other"), "OTHER");
      // What size and time would take to be the same.
      Files.setLastModifiedTime(there.resolve("other"), LONG_AGO);
      Files.setPosixFilePermissions(
          there.resolve("same"), PosixFilePermissions.fromString("rw-------"));
      for (String odd : Trees.ODD) {
        Trees.make(there, "same " + odd + "/" + odd, "other " + odd + "/" + odd);
        Path other = there.resolve("other " + odd + "/" + odd);
        Files.writeString(other, Files.readString(other).replace('o', 'O'));
      }
      Object same = identity(there.resolve("same"));
      Object other = identity(there.resolve("other"));

      PushRig.Result result =
          new PushRig(directory, nodes).run("--checksum", tree.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertEquals(Trees.names(tree), Trees.names(there));
      for (String name : Trees.names(tree)) {
        Path file = there.resolve(name);
        if (Files.isRegularFile(file)) {
          assertEquals(-1, Files.mismatch(tree.resolve(name), file), name);
        }
        assertEquals(LONG_AGO, Files.getLastModifiedTime(file), name);
        assertEquals(
            Files.getPosixFilePermissions(tree.resolve(name)), Files.getPosixFilePermissions(file));
      }
      assertEquals(same, identity(there.resolve("same")));
      assertNotEquals(other, identity(there.resolve("other")));
    }
  }

  @Test
  void failsANodeThatHasNoDigests() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (SshNodes nodes = Programs.BUSYBOX_WITHOUT_DIGESTS.start(directory)) {
      PushRig.Result result =
          new PushRig(directory, nodes).run("--checksum", file.toString(), "@:");

      assertEquals(ExitCode.REMOTE, result.code());
      assertTrue(result.err().contains("--checksum: the node has no sha256sum"), result.err());
    }
  }
}
