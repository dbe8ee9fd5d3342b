package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SudoIT {
  /** As sudo does, with the password of the file beside it, if there is one. */
  private static final String FAKE_SUDO =
      """
      #!/bin/sh
      echo "$*" >>"$HOME/argv"
      [ "$1 $2 $4" = '-S -p --' ] || exit 99
      prompt=$3
      shift 4
      if [ -e "$HOME/password" ]; then
        for attempt in 1 2 3; do
          printf '%s' "$prompt" >&2
          echo asked >>"$HOME/asked"
          IFS= read -r typed || { echo 'sudo: no password was provided' >&2; exit 1; }
          [ "$typed" = "$(cat "$HOME/password")" ] && exec env AS=root "$@"
          echo 'Sorry, try again.' >&2
        done
        exit 1
      fi
      exec env AS=root "$@"
      """;

  @TempDir Path root;
  @TempDir Path home;

  private SshNodes fakes(Servers servers, int count) throws IOException {
    Path bin = Files.createDirectory(root.resolve("bin"));
    Path sudo = Files.writeString(bin.resolve("sudo"), FAKE_SUDO);
    Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
    SshNodes nodes =
        servers.start(
            SshNodesSettings.of(root, count)
                .withEnvironment(Map.of("PATH", bin + ":/usr/bin:/bin")));
    Servers.welcome(home, nodes);
    return nodes;
  }

  private static void wants(SshNode node, String password) throws IOException {
    Files.writeString(node.home().resolve("password"), password);
  }

  private Terminal terminal(SshNodes nodes) throws IOException {
    return new Terminal(home)
        .export("MQ_TIMEOUT", "120")
        .export("MQ_ORDER", "1")
        .exportNodes(nodes.nodeListFile().split("\n", -1));
  }

  private static String framed(SshNodes nodes, int index, String said) {
    String name = nodes.listed(nodes.nodes().get(index));
    return name + ": " + said.length() + " bytes\n" + said + "\n";
  }

  @ParameterizedTest
  @EnumSource
  void asksOnceAndFeedsThePasswordWhereItIsWanted(Servers servers) throws Exception {
    try (SshNodes nodes = fakes(servers, 2)) {
      wants(nodes.nodes().getFirst(), "gehe$im 'ü'");
      Terminal terminal = terminal(nodes).type("gehe$im 'ü'");

      assertEquals(
          0, terminal.multiquery("--sudo", "echo $AS $MQ_RANK 'it'\"'\"'s'; cat"), terminal::err);

      assertEquals(
          framed(nodes, 0, "root 0 it's\n") + framed(nodes, 1, "root 1 it's\n"), terminal.out());
      assertEquals("", terminal.err());
      assertEquals(1, terminal.questions().size());
      for (SshNode node : nodes.nodes()) {
        assertFalse(Files.readString(node.home().resolve("argv")).contains("gehe"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheInputApartFromThePassword(Servers servers) throws Exception {
    try (SshNodes nodes = fakes(servers, 2)) {
      wants(nodes.nodes().getFirst(), "secret");
      Terminal terminal = terminal(nodes).type("secret").pipe("one\ntwo\n");

      assertEquals(0, terminal.multiquery("--sudo", "-I", "cat; echo $AS"), terminal::err);

      String said = "one\ntwo\nroot\n";
      assertEquals(framed(nodes, 0, said) + framed(nodes, 1, said), terminal.out());
    }
  }

  @ParameterizedTest
  @EnumSource
  void triesAWrongPasswordOnce(Servers servers) throws Exception {
    try (SshNodes nodes = fakes(servers, 1)) {
      SshNode node = nodes.nodes().getFirst();
      wants(node, "secret");
      Terminal terminal = terminal(nodes).type("wrong");

      assertEquals(5, terminal.multiquery("--sudo", "echo done"));

      assertTrue(
          terminal.err().contains(nodes.listed(node) + ": sudo did not accept the password\n"),
          terminal.err());
      assertFalse(terminal.err().contains("multiquery-"), terminal.err());
      assertEquals(framed(nodes, 0, ""), terminal.out());
      // Once for the wrong one, once more to be told that there is no other.
      assertEquals(2, Files.readAllLines(node.home().resolve("asked")).size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhereAPasswordIsWantedAndThereIsNoTerminal(Servers servers) throws Exception {
    try (SshNodes nodes = fakes(servers, 2)) {
      wants(nodes.nodes().getLast(), "secret");
      Terminal terminal = terminal(nodes);

      assertEquals(5, terminal.multiquery("--sudo", "echo done"));

      assertTrue(
          terminal.err().contains("sudo wants a password, and none was given\n"), terminal.err());
      assertTrue(terminal.out().startsWith(framed(nodes, 0, "done\n")), terminal.out());
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsUnderTheRealOneAndEndsWithTheRun(Servers servers) throws Exception {
    Installed.assume("sudo", "sudo");
    assumeTrue(System.getProperty("user.name").equals("root"), "sudo would ask for a password");
    try (SshNodes nodes = servers.start(root, 1)) {
      Servers.welcome(home, nodes);
      String name = nodes.listed(nodes.nodes().getFirst());
      Path file = root.toRealPath().resolve("pid");
      String command =
          "id -un; echo $MQ_HOST; cat; echo $$ >" + file + "; sh -c 'trap \"\" TERM; sleep 600; :'";
      Terminal terminal = terminal(nodes).pipe("input\n").export("MQ_TIMEOUT", "6");

      assertEquals(3, terminal.multiquery("--sudo", "-I", command), terminal::err);

      assertTrue(terminal.err().startsWith("root\n" + name + "\ninput\n"), terminal.err());
      ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          .ifPresent(shell -> Poll.until("the command is gone", () -> !shell.isAlive()));
    }
  }
}
