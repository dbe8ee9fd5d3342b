package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushes that only tell what they would do. */
class DryRunIT {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2004-04-14T12:00:00Z"));

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"EMBEDDED", "OPENSSH", "BUSYBOX"})
  void listsWhatWouldBeDoneAndDoesNothing(Programs programs) throws IOException {
    Path tree =
        Trees.make(directory.resolve("tree"), "new", "new dir/x", "other", "same", "mode", "a\nb");
    try (SshNodes nodes = programs.start(directory)) {
      Path home = nodes.nodes().getFirst().home();
      Path into = home.resolve("in");
      Trees.make(into.resolve("tree"), "other", "same", "mode");
      Files.writeString(into.resolve("tree/other"), "much longer");
      Trees.make(into, "tree/extra dir/y", "tree/-z", "beside");
      Files.setPosixFilePermissions(
          into.resolve("tree/mode"), PosixFilePermissions.fromString("rwx------"));
      for (Path root : List.of(tree, into.resolve("tree"))) {
        for (String name : List.of("same", "mode", "")) {
          Files.setLastModifiedTime(root.resolve(name), LONG_AGO);
        }
      }
      List<String> before = Trees.names(home);

      PushRig.Result result =
          new PushRig(directory, nodes).run("--dry-run", "--delete", tree.toString(), "@:in");

      assertEquals(ExitCode.OK, result.code(), result.err());
      String wanted =
          """
          + 3 in/tree/a\\nb
          = 0 in/tree/mode
          + 3 in/tree/new
          + 0 in/tree/new dir/
          + 9 in/tree/new dir/x
          ~ 5 in/tree/other
          """;
      assertTrue(result.out().contains(": %d bytes\n".formatted(length(result))), result.out());
      assertTrue(result.out().contains("bytes\n" + wanted), result.out());
      for (String gone : List.of("- 7 in/tree/-z", "- 0 in/tree/extra dir/", ". 2 unchanged")) {
        assertTrue(result.out().lines().anyMatch(gone::equals), result.out());
      }
      assertEquals(10, result.out().strip().lines().count() - 1, result.out());
      assertEquals(before, Trees.names(home));
    }
  }

  private static int length(PushRig.Result result) {
    return result.out().substring(result.out().indexOf('\n')).strip().length() + 1;
  }

  @Test
  void tellsOfANodeThatCouldNotTakeIt() throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "file");
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      Trees.make(nodes.nodes().getFirst().home(), "tree/file/in the way");

      PushRig.Result result = new PushRig(directory, nodes).run("--dry-run", tree.toString(), "@:");

      assertEquals(ExitCode.REMOTE, result.code());
      assertTrue(result.err().contains("remove it first"), result.err());
    }
  }

  @Test
  void printsTheNodesWhereNoPathIsGiven() throws IOException {
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      PushRig.Result result = new PushRig(directory, nodes).run("--dry-run");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertEquals(nodes.listed(nodes.nodes().getFirst()) + "\n", result.out());
    }
  }
}
