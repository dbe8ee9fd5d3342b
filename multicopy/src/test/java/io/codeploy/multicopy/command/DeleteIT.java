package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.Account;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushes that remove what the source does not have. */
class DeleteIT {
  @TempDir Path directory;
  @TempDir Path root;

  private static Path home(SshNodes nodes) {
    return nodes.nodes().getFirst().home();
  }

  private PushRig.Result push(SshNodes nodes, String... words) throws IOException {
    PushRig.Result result = new PushRig(directory, nodes).run(words);
    assertEquals(ExitCode.OK, result.code(), result.err());
    return result;
  }

  private PushRig.Result refused(SshNodes nodes, String... words) throws IOException {
    PushRig.Result result = new PushRig(directory, nodes).run(words);
    assertEquals(ExitCode.REMOTE, result.code(), result.err());
    return result;
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SFTP_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void removesWhatTheSourceDoesNotHaveWhateverItIsCalled(Programs programs) throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "kept", "dir/kept");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("kept"));
    List<String> wanted = Trees.names(tree);
    try (SshNodes nodes = programs.start(directory)) {
      Path home = home(nodes);
      for (String odd : Trees.ODD) {
        Trees.make(home.resolve("tree"), odd + "/" + odd, "dir/" + odd, "dir/sub" + odd + "/x");
      }
      Trees.make(home, "outside/file", "other");
      Files.createSymbolicLink(home.resolve("tree/dir/out"), home.resolve("outside"));
      Files.createSymbolicLink(home.resolve("tree/dangling"), Path.of("nowhere"));

      push(nodes, "--delete", tree.toString(), "@:");

      assertEquals(wanted, Trees.names(home.resolve("tree")));
      assertTrue(Files.exists(home.resolve("outside/file")));
      assertTrue(Files.exists(home.resolve("other")));
      assertEquals(
          Files.getLastModifiedTime(tree.resolve("dir")).toInstant().getEpochSecond(),
          Files.getLastModifiedTime(home.resolve("tree/dir")).toInstant().getEpochSecond());
      assertEquals(List.of(), PushRig.stages(home));

      // With nothing to send, too.
      Trees.make(home.resolve("tree"), "dir/again");
      push(nodes, "--delete", tree.toString(), "@:");
      assertEquals(wanted, Trees.names(home.resolve("tree")));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX"})
  void goesOnWhereALinkSaysThatTheListIsAtItsEnd(Programs programs) throws Exception {
    Path tree = Trees.make(directory.resolve("tree"), "a", "b", "c");
    link("x//\nend////\n", tree.resolve("same"));
    List<String> wanted = Trees.names(tree);
    try (SshNodes nodes = programs.start(directory)) {
      Path there = home(nodes).resolve("tree");
      push(nodes, tree.toString(), "@:");
      Trees.make(there, "extra");
      link("x//\nend////\n", there.resolve("0"));
      link("x//", there.resolve("1"));

      push(nodes, "--delete", tree.toString(), "@:");

      assertEquals(wanted, Trees.names(there));
      assertEquals(List.of(), PushRig.stages(home(nodes)));
    }
  }

  /** Not a path, which would have no two slashes in a row. */
  private static void link(String text, Path link) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("ln", "-s", text, link.toString()).start().waitFor());
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX"})
  void keepsWhatIsExcludedAndStagesOfOtherCopies(Programs programs) throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "kept", "here.log");
    try (SshNodes nodes = programs.start(directory)) {
      Path there = home(nodes).resolve("tree");
      String stage = ".multicopy-0123456789abcdef.1.elsewhere";
      Trees.make(
          there, "a/b/x.log", "a/b/y", "a/c", "cache/deep/z", "d/" + stage + "/t/x", "d/y", "gone");

      push(nodes, "--delete", "--exclude=*.log", "--exclude=/cache/", tree.toString(), "@:");

      assertEquals(
          List.of(
              "a",
              "a/b",
              "a/b/x.log",
              "cache",
              "cache/deep",
              "cache/deep/z",
              "d",
              "d/" + stage,
              "d/" + stage + "/t",
              "d/" + stage + "/t/x",
              "kept"),
          Trees.names(there));
    }
  }

  @Test
  void removesManyNames() throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "kept");
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        names.add("a name of some length, that there is room for few in a command " + i);
      }
      Trees.make(home(nodes).resolve("tree"), names.toArray(String[]::new));

      push(nodes, "--delete", tree.toString(), "@:");

      assertEquals(List.of("kept"), Trees.names(home(nodes).resolve("tree")));
    }
  }

  /** Nobody but root could without a word. */
  @Test
  void removesDirectoriesThatTheirOwnerMayNotWrite() throws IOException {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason(Account.ORDINARY).isEmpty(),
        () -> OpenSshNodes.unavailableReason(Account.ORDINARY).orElse(""));
    Path tree = Trees.make(directory.resolve("tree"), "kept", "gone/deep/file", "closed/file");
    Path moved = Files.createDirectories(directory.resolve("moved"));
    Files.setPosixFilePermissions(
        tree.resolve("gone/deep"), PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(
        tree.resolve("closed"), PosixFilePermissions.fromString("---------"));
    try (OpenSshNodes nodes =
        OpenSshNodes.start(SshNodesSettings.of(root, 1).withAccount(Account.ORDINARY))) {
      push(nodes, tree.toString(), "@:");
      Files.move(tree.resolve("gone"), moved.resolve("gone"));
      Files.move(tree.resolve("closed"), moved.resolve("closed"));

      push(nodes, "--delete", tree.toString(), "@:");

      assertEquals(List.of("kept"), Trees.names(home(nodes).resolve("tree")));
    }
  }

  @Test
  void removesAllOnlyWhenToldTwice() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      Trees.make(home(nodes), "tree/a", "tree/b/c");

      PushRig.Result refused = refused(nodes, "--delete", tree.toString(), "@:");
      assertTrue(refused.err().contains("the source is empty; --delete-all"), refused.err());
      assertEquals(List.of("a", "b", "b/c"), Trees.names(home(nodes).resolve("tree")));

      push(nodes, "--delete-all", tree.toString(), "@:");
      assertEquals(List.of(), Trees.names(home(nodes).resolve("tree")));
    }
  }

  @Test
  void removesNothingThroughALinkAndNothingWhenSomethingFails() throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "file");
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      Path home = home(nodes);
      Trees.make(home, "elsewhere/precious", "into/tree/extra", "into/tree/file/in the way");
      Files.createSymbolicLink(home.resolve("tree"), Path.of("elsewhere"));

      PushRig.Result link = refused(nodes, "--delete", tree.toString(), "@:");
      PushRig.Result blocked = refused(nodes, "--delete", tree.toString(), "@:into");

      assertTrue(link.err().contains("tree: is a link, and --delete follows none"), link.err());
      assertEquals(List.of("precious"), Trees.names(home.resolve("elsewhere")));
      assertTrue(blocked.err().contains("remove it first"), blocked.err());
      assertTrue(Files.exists(home.resolve("into/tree/extra")));
    }
  }

  @Test
  void refusesToDeleteWhereNoShellLooks() throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "file");
    try (SshNodes nodes = Programs.SFTP_ALONE.start(directory)) {
      PushRig.Result result = refused(nodes, "--delete", tree.toString(), "@:");
      PushRig.Result mixed =
          new PushRig(directory, nodes).run("--delete", "@:x", tree.toString(), "there/@");

      assertTrue(result.err().contains("--delete"), result.err());
      assertFalse(Files.exists(home(nodes).resolve("tree")));
      assertEquals(ExitCode.USAGE, mixed.code());
      assertTrue(mixed.err().contains("for copies to @: or from @: alone"), mixed.err());
    }
  }
}
