package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.Account;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real sudo, asked by a user who is not root, with the password that the machine checks. */
class SudoPasswordIT {
  @TempDir Path root;
  @TempDir Path home;

  private OpenSshNodes nodes(int count) throws IOException {
    Optional<String> reason = OpenSshNodes.unavailableReason(Account.ORDINARY);
    assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
    OpenSshNodes nodes =
        OpenSshNodes.start(SshNodesSettings.of(root, count).withAccount(Account.ORDINARY));
    Servers.welcome(home, nodes);
    return nodes;
  }

  private Terminal terminal(OpenSshNodes nodes) throws IOException {
    return new Terminal(home)
        .export("MQ_TIMEOUT", "120")
        .export("MQ_ORDER", "1")
        .exportNodes(nodes.nodeListFile().split("\n", -1));
  }

  private static String framed(OpenSshNodes nodes, int index, String said) {
    String name = nodes.listed(nodes.nodes().get(index));
    return name + ": " + said.length() + " bytes\n" + said + "\n";
  }

  @Test
  void runsAsRootWithThePasswordTypedOnce() throws Exception {
    try (OpenSshNodes nodes = nodes(3)) {
      Terminal terminal = terminal(nodes).type(Account.PASSWORD).pipe("input\n");

      assertEquals(
          0, terminal.multiquery("--sudo", "-I", "id -un; echo $MQ_RANK; cat"), terminal::err);

      assertEquals("", terminal.err());
      assertEquals(1, terminal.questions().size());
      for (int i = 0; i < 3; i++) {
        String framed = framed(nodes, i, "root\n" + i + "\ninput\n");
        assertTrue(terminal.out().contains(framed), terminal::out);
      }
    }
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    try (OpenSshNodes nodes = nodes(1)) {
      Terminal terminal = terminal(nodes).type("wrong");

      assertEquals(5, terminal.multiquery("--sudo", "id -un"));

      assertEquals(framed(nodes, 0, ""), terminal.out());
      assertTrue(terminal.err().contains(": sudo did not accept the password\n"), terminal.err());
    }
  }

  @Test
  void showsThePasswordToNobodyOnTheNode() throws Exception {
    try (OpenSshNodes nodes = nodes(1)) {
      Terminal terminal = terminal(nodes).type(Account.PASSWORD);

      String look = "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>&- | tr '\\0' '\\n'";
      assertEquals(0, terminal.multiquery("--sudo", look + "; :"), terminal::err);

      assertTrue(terminal.out().contains("MQ_HOST="), terminal::out);
      assertFalse(terminal.out().contains(Account.PASSWORD));
    }
  }

  @Test
  void endsWhatRunsAsRootAtTheLimit() throws Exception {
    try (OpenSshNodes nodes = nodes(1)) {
      Path file = Files.createDirectory(root.resolve("told")).resolve("pid");
      Terminal terminal = terminal(nodes).type(Account.PASSWORD).export("MQ_TIMEOUT", "6");
      String command = "echo $$ >" + file + "; id -un; sh -c 'trap \"\" TERM; sleep 600; :'";

      assertEquals(3, terminal.multiquery("--sudo", command), terminal::err);

      ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          .ifPresent(shell -> Poll.until("the command is gone", () -> !shell.isAlive()));
    }
  }
}
