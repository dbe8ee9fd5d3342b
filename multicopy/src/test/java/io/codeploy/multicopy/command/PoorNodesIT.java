package io.codeploy.multicopy.command;

import static io.codeploy.multicopy.command.DoorRig.MEBI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.Account;
import io.codeploy.fixtures.ssh.FaultyDoor;
import io.codeploy.fixtures.ssh.FaultyDoor.Fault;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that do not let us do all we would like to. */
class PoorNodesIT {
  @TempDir Path directory;
  @TempDir Path root;

  private static Path make(Path path, String mode) throws IOException {
    return Files.setPosixFilePermissions(
        Files.createDirectories(path), PosixFilePermissions.fromString(mode));
  }

  @Test
  void tellsWhatMayNotBeWrittenAndLeavesItAsItWas() throws Exception {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason(Account.ORDINARY).isEmpty(),
        () -> OpenSshNodes.unavailableReason(Account.ORDINARY).orElse(""));
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.writeString(tree.resolve("file"), "new");
    try (OpenSshNodes nodes =
        OpenSshNodes.start(SshNodesSettings.of(root, 3).withAccount(Account.ORDINARY))) {
      List<Path> homes = nodes.nodes().stream().map(SshNode::home).toList();
      make(homes.get(0).resolve("to"), "rwxr-xr-x");
      make(homes.get(1).resolve("to"), "rwxrwxrwx");
      make(homes.get(1).resolve("to/tree"), "rwxr-xr-x");
      Files.writeString(homes.get(1).resolve("to/tree/file"), "old");
      make(homes.get(2).resolve("to"), "rwxrwxrwx");

      PushRig.Result result = new PushRig(directory, nodes).run(tree.toString(), "@:to");

      assertEquals(ExitCode.REMOTE, result.code(), result.err());
      assertTrue(result.err().contains("2 failed remotely"), result.err());
      assertTrue(result.err().contains("to: permission denied"), result.err());
      assertTrue(result.err().contains("Permission denied"), result.err());
      assertEquals("old", Files.readString(homes.get(1).resolve("to/tree/file")));
      assertEquals("new", Files.readString(homes.get(2).resolve("to/tree/file")));
      assertEquals(List.of(), PushRig.stages(root.resolve("home")));
    }
  }

  @Test
  void leavesWhatALinkInADirectoryThatMayNotBeWrittenLeadsTo() throws Exception {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason(Account.ORDINARY).isEmpty(),
        () -> OpenSshNodes.unavailableReason(Account.ORDINARY).orElse(""));
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (OpenSshNodes nodes =
        OpenSshNodes.start(SshNodesSettings.of(root, 1).withAccount(Account.ORDINARY))) {
      Path home = nodes.nodes().getFirst().home();
      Path own = Files.writeString(home.resolve("own"), "precious");
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-rw-rw-"));
      Path to = Files.createDirectories(home.resolve("to"));
      Files.createSymbolicLink(to.resolve(".multicopy-"), own);
      make(to, "rwxr-xr-x");

      for (String[] words :
          new String[][] {{"--dry-run", file.toString(), "@:to"}, {file.toString(), "@:to"}}) {
        PushRig.Result result = new PushRig(directory, nodes).run(words);

        assertTrue(result.err().contains("to: permission denied"), result.err());
        assertEquals("precious", Files.readString(own));
      }
    }
  }

  /** They do where there is no sleep, or a disk is slower than any was thought to be. */
  @Test
  void aNodeWhoseSignsOfLifeEndTooSoonIsWell() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    for (int i = 0; i < 60; i++) {
      Files.writeString(tree.resolve("file" + i), "content");
    }
    try (SshNodes nodes = Programs.busyboxWithout(directory, "sleep")) {
      PushRig rig = new PushRig(directory, nodes);
      for (String[] words :
          new String[][] {
            {tree.toString(), "@:"},
            {"--checksum", tree.toString(), "@:"},
            {"@:tree", "@:copy"},
            {"--checksum", "@:copy", directory + "/got"}
          }) {
        PushRig.Result result = rig.run(words);
        assertEquals(ExitCode.OK, result.code(), result.err());
      }
      assertEquals(Trees.names(tree), Trees.names(directory.resolve("got")));
    }
  }

  /** Such a server tells of a name that is too long, and of much else, in two words. */
  @Test
  void aNodeWithSftpAloneTakesNamesOfEveryLength() throws Exception {
    Path tree = Trees.make(directory.resolve("tree"), "x".repeat(255), "\u65e5".repeat(85));
    try (SshNodes nodes = Programs.SFTP_ALONE.start(directory)) {
      PushRig.Result result = new PushRig(directory, nodes).run(tree.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      Path there = nodes.nodes().getFirst().home().resolve("tree");
      assertEquals(Trees.names(tree), Trees.names(there));
    }
  }

  @Test
  void tellsWhichDirectoryItMayNotEnter() throws Exception {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason(Account.ORDINARY).isEmpty(),
        () -> OpenSshNodes.unavailableReason(Account.ORDINARY).orElse(""));
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (OpenSshNodes nodes =
        OpenSshNodes.start(SshNodesSettings.of(root, 1).withAccount(Account.ORDINARY))) {
      make(nodes.nodes().getFirst().home().resolve("closed"), "rwx------");

      for (String to : List.of("@:closed", "@:closed/file")) {
        PushRig.Result result = new PushRig(directory, nodes).run(file.toString(), to);

        assertEquals(ExitCode.REMOTE, result.code(), result.err());
        assertTrue(result.err().contains("closed: permission denied"), result.err());
      }
    }
  }

  @Test
  void aNodeWithSftpAloneHasNothingHalfAndGetsWhatItLacksByTheNextRun() throws Exception {
    try (DoorRig rig = DoorRig.start(directory)) {
      allowSftpAlone(rig.nodes(), rig.first());
      // Without a shell there is nobody who would go to the node's home.
      String to = rig.first().home().resolve("to").toString();
      String[] options = {"--retries", "1", "-x", rig.nodes().listed(rig.second())};
      try (FaultyDoor door = rig.door(Fault.RESETS, 20L * MEBI)) {
        PushRig.Result result = rig.pushTo(to, door, options);

        assertEquals(ExitCode.REMOTE, result.code(), result.out() + result.err());
        assertTrue(result.out().contains("connection lost"), result.out());
        assertFalse(Files.exists(rig.first().home().resolve("to/tree/sub/big")));

        PushRig.Result again = rig.pushTo(to, door, options);

        assertEquals(ExitCode.OK, again.code(), again.out() + again.err());
        rig.assertHas(rig.first());
        assertEquals(List.of(), temporaries(rig.first().home()));

        Path big = rig.first().home().resolve("to/tree/sub/big");
        Object inode = Files.getAttribute(big, "unix:ino");
        rig.pushTo(to, door, options);

        assertEquals(inode, Files.getAttribute(big, "unix:ino"));
      }
    }
  }

  /** So is a login whose shell is restricted, to which it is all the same what is asked for. */
  @Test
  void aNodeThatRunsNothingAtAllIsToldOfInPlainWords() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (DoorRig rig = DoorRig.start(directory)) {
      force(rig.nodes(), rig.first(), "exit 1");
      for (String[] words :
          new String[][] {{file.toString(), "@:"}, {"@:file", directory + "/got-@"}}) {
        PushRig.Result result =
            new PushRig(directory, rig.nodes())
                .run("-x", rig.nodes().listed(rig.second()), words[0], words[1]);

        assertEquals(ExitCode.REMOTE, result.code(), result.out() + result.err());
        assertTrue(
            result.err().contains("no SFTP on the node: it ended before it answered"),
            result.err());
      }
    }
  }

  private void allowSftpAlone(OpenSshNodes nodes, SshNode node) throws IOException {
    force(nodes, node, "internal-sftp");
  }

  private void force(OpenSshNodes nodes, SshNode node, String command) throws IOException {
    Path config = directory.resolve("nodes/ssh/" + node.name() + ".sshd_config");
    nodes.stop(node);
    Files.writeString(config, Files.readString(config) + "ForceCommand " + command + "\n");
    nodes.start(node);
  }

  private static List<Path> temporaries(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(path -> path.toString().endsWith(".multicopy")).toList();
    }
  }
}
