package io.codeploy.multiquery.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultySshServer;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.testing.Poll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command against nodes, as a user types it. */
class MultiqueryIT {
  @TempDir Path root;
  @TempDir Path home;

  private Terminal terminal(SshNodes nodes) throws IOException {
    Servers.welcome(home, nodes);
    return new Terminal(home)
        .export("MQ_ORDER", "1")
        .export("MQ_TIMEOUT", "120")
        .exportNodes(nodes.nodeListFile().split("\n", -1));
  }

  private static String frame(SshNodes nodes, SshNode node, String stdout) {
    return nodes.listed(node) + ": " + stdout.getBytes(UTF_8).length + " bytes\n" + stdout + "\n";
  }

  private static void assertEndsWithSummary(String expected, Terminal terminal) {
    String last = terminal.err().lines().reduce("", (before, line) -> line);
    assertTrue(last.matches("multiquery: " + expected + ", \\d+\\.\\d s"), terminal.err());
  }

  @ParameterizedTest
  @EnumSource
  void asksEveryNode(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 3)) {
      Terminal terminal = terminal(nodes);

      assertEquals(0, terminal.multiquery("uname", "-s"), terminal::err);

      assertEquals(
          nodes.nodes().stream()
              .map(node -> frame(nodes, node, "Linux\n"))
              .reduce("", String::concat),
          terminal.out());
      assertEquals("", terminal.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void passesACommandOnAsTyped(Servers servers) throws Exception {
    String text = "it's  \"quoted\" $HOME `id` $(id) * ? ~ \\ \\n @x !! %s\n\tZürich\n";
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes);

      assertEquals(0, terminal.multiquery("cat <<'END'\n" + text + "END\n"), terminal::err);

      assertEquals(frame(nodes, nodes.nodes().getFirst(), text), terminal.out());
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesVariablesAndPatternsToTheNode(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 2)) {
      Terminal terminal = terminal(nodes);
      StringBuilder expected = new StringBuilder();
      for (SshNode node : nodes.nodes()) {
        Files.createFile(node.home().resolve("only-on-" + node.name()));
        String said = node.home().toRealPath() + " only-on-" + node.name() + " a  b\n";
        expected.append(frame(nodes, node, said));
      }

      assertEquals(0, terminal.multiquery("echo", "$HOME", "only*", "'a  b'"), terminal::err);

      assertEquals(expected.toString(), terminal.out());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsExitStatusAndStderr(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 2)) {
      Terminal terminal = terminal(nodes);

      int status =
          terminal.multiquery("echo out; echo err >&2; case $HOME in *node2) exit 7;; esac");

      assertEquals(5, status);
      SshNode good = nodes.nodes().get(0);
      SshNode bad = nodes.nodes().get(1);
      assertEquals(frame(nodes, good, "out\n") + frame(nodes, bad, "out\n"), terminal.out());
      assertTrue(
          terminal.err().startsWith("err\nerr\n" + nodes.listed(bad) + ": exit status 7\n"),
          terminal.err());
      assertEndsWithSummary("1 ok, 1 exit status 7 \\(" + nodes.listed(bad) + "\\)", terminal);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCommandThatTheShellCannotParseFailsOnTheNodeAlone(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes);

      assertEquals(5, terminal.multiquery("echo it's"));

      assertEquals(frame(nodes, nodes.nodes().getFirst(), ""), terminal.out());
      assertTrue(
          terminal.err().contains("nterminated quoted string")
              || terminal.err().contains("unexpected EOF"),
          terminal.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bringsMegabytesByteByByte(Servers servers) throws Exception {
    byte[] megabytes = new byte[3_000_017];
    new Random(3).nextBytes(megabytes);
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes);
      SshNode node = nodes.nodes().getFirst();
      Files.write(node.home().resolve("big"), megabytes);

      assertEquals(0, terminal.multiquery("cat big"), terminal::err);

      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      expected.write((nodes.listed(node) + ": 3000017 bytes\n").getBytes(UTF_8));
      expected.write(megabytes);
      expected.write('\n');
      assertArrayEquals(expected.toByteArray(), terminal.outBytes());
      assertNoTemporaryFile();
    }
  }

  private void assertNoTemporaryFile() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".out")).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheOrderOfTheListWhenTheFirstNodeIsTheLast(Servers servers) throws Exception {
    String command =
        """
        case $HOME in *node1) until [ -e ../node2/done ]; do sleep 0.05; done;; esac
        touch done; echo $HOME""";
    try (SshNodes nodes = servers.start(root, 2)) {
      Terminal terminal = terminal(nodes);

      assertEquals(0, terminal.multiquery(command), terminal::err);

      StringBuilder expected = new StringBuilder();
      for (SshNode node : nodes.nodes()) {
        expected.append(frame(nodes, node, node.home().toRealPath() + "\n"));
      }
      assertEquals(expected.toString(), terminal.out());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedPortHoldsNobodyUp(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 3)) {
      Terminal terminal = terminal(nodes);
      SshNode down = nodes.nodes().get(1);
      nodes.stop(down);

      assertEquals(4, terminal.multiquery("echo here"));

      assertEquals(
          frame(nodes, nodes.nodes().get(0), "here\n")
              + frame(nodes, down, "")
              + frame(nodes, nodes.nodes().get(2), "here\n"),
          terminal.out());
      assertTrue(terminal.err().contains("refused"), terminal.err());
      assertEndsWithSummary(
          "2 ok, 1 unreachable \\(" + nodes.listed(nodes.nodes().get(1)) + "\\)", terminal);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSilentServerTimesOutAsProbe(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1);
        FaultySshServer silent =
            FaultySshServer.start("127.0.0.9", FaultySshServer.Fault.NEVER_SPEAKS)) {
      Terminal terminal = terminal(nodes).export("MQ_TIMEOUT", "8");
      String bad = nodes.user() + "@" + silent.address() + ":" + silent.port();
      terminal.exportNodes(bad, nodes.nodeListFile().strip());

      assertEquals(3, terminal.multiquery("echo here"), terminal::err);

      assertEquals(
          bad + ": timed out probe\n\n" + frame(nodes, nodes.nodes().getFirst(), "here\n"),
          terminal.out());
      assertTrue(
          terminal.err().startsWith(bad + ": timed out after 8.0 s (connect)\n"), terminal.err());
      assertEndsWithSummary("1 ok, 1 timed out \\(" + bad + "\\)", terminal);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsACommandThatOutlivesItsLimitOnTheNodeToo(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes).export("MQ_TIMEOUT", "8");
      SshNode node = nodes.nodes().getFirst();

      assertEquals(
          3, terminal.multiquery("echo so far; sleep 600 & echo $! >pid; wait; echo late"));

      assertEquals(nodes.listed(node) + ": timed out ssh\n\n", terminal.out());
      assertTrue(
          terminal
              .err()
              .startsWith("so far\n" + nodes.listed(node) + ": timed out after 8.0 s (command)\n"),
          terminal.err());
      Optional<ProcessHandle> sleeper = process(Files.readString(node.home().resolve("pid")));
      if (servers.passSignals(nodes)) {
        Poll.until("the command is gone", () -> sleeper.filter(ProcessHandle::isAlive).isEmpty());
      }
      sleeper.ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static Optional<ProcessHandle> process(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip()));
  }

  @ParameterizedTest
  @EnumSource
  void leavesWhatACommandStartedInTheBackground(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes);

      assertEquals(
          0, terminal.multiquery("sleep 600 </dev/null >/dev/null 2>&1 & echo $!"), terminal::err);

      ProcessHandle sleeper = process(terminal.out().lines().toList().get(1)).orElseThrow();
      assertTrue(sleeper.isAlive());
      sleeper.destroyForcibly();
    }
  }
}
