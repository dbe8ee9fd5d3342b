package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a command on a node when nobody waits for it any more. */
class EndingIT {
  /** Says its process id once the shell {@code s} that it starts has done what comes first. */
  static final String STUBBORN =
      "sh -c 'trap \"\" TERM; echo $$ >new; mv new pid; while :; do sleep 1; done'";

  @TempDir Path root;
  @TempDir Path home;

  private Terminal terminal(SshNodes nodes) throws IOException {
    Servers.welcome(home, nodes);
    return new Terminal(home)
        .export("MQ_TIMEOUT", "0")
        .exportNodes(nodes.nodeListFile().split("\n", -1));
  }

  private static String framed(SshNodes nodes, String said) {
    return nodes.listed(nodes.nodes().getFirst()) + ": " + said.length() + " bytes\n" + said + "\n";
  }

  private static Path pidFile(SshNodes nodes) {
    return nodes.nodes().getFirst().home().resolve("pid");
  }

  private static ProcessHandle process(SshNodes nodes) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(pidFile(nodes)).strip())).orElseThrow();
  }

  private static void assertEnds(ProcessHandle process) {
    Poll.until("the process is gone", () -> !process.isAlive());
  }

  @ParameterizedTest
  @EnumSource
  void aCommandThatIgnoresTermIsKilledAfterItsLimit(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes);

      int status =
          terminal.multiquery("--timeout", "4", "echo so far; " + STUBBORN + "; echo late");

      assertEquals(3, status, terminal::err);
      assertEnds(process(nodes));
      assertTrue(terminal.err().startsWith("so far\n"), terminal.err());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedRunEndsItsCommands(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes);
      Interruptible<Integer> run = Interruptible.start(() -> terminal.multiquery(STUBBORN));
      Poll.until("the command runs", () -> Files.exists(pidFile(nodes)));
      ProcessHandle process = process(nodes);

      run.interrupt();

      assertEquals(130, run.end().value(), terminal::err);
      assertEnds(process);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatIsKilledLeavesNothingBehind(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      Process client =
          Clients.start(
              home,
              Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0"),
              STUBBORN + " & wait; echo late >late");
      Poll.until("the command runs", () -> Files.exists(pidFile(nodes)));
      ProcessHandle process = process(nodes);

      client.destroyForcibly().waitFor();

      assertEnds(process);
      assertFalse(Files.exists(nodes.nodes().getFirst().home().resolve("late")));
    }
  }

  /** Not where a connection has no process of its own. */
  @ParameterizedTest
  @EnumSource(names = "OPEN_SSH")
  void aClientThatIsKilledWhileItSendsInputNeverCompletesIt(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      Path input = Files.write(home.resolve("input"), new byte[20 << 20]);
      Process client =
          Clients.start(
              home,
              Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0", "MQ_INPUT", "1"),
              input,
              "echo $$ >new; head -c 1000 >/dev/null; mv new pid; sleep 600; cat >/dev/null;"
                  + " echo done >done");
      Poll.until("the command runs", () -> Files.exists(pidFile(nodes)));
      ProcessHandle process = process(nodes);

      client.destroyForcibly().waitFor();

      assertEnds(process);
      assertFalse(Files.exists(nodes.nodes().getFirst().home().resolve("done")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatASuccessfulCommandLeftInTheBackgroundStays(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 2)) {
      Terminal terminal = terminal(nodes);
      String quiet = " </dev/null >/dev/null 2>&1 & echo $! >>pids; ";

      int status =
          terminal.multiquery(
              "sleep 600" + quiet + "nohup sleep 600" + quiet + "(sleep 600" + quiet + ")");

      assertEquals(0, status, terminal::err);
      for (SshNode node : nodes.nodes()) {
        assertStays(node);
      }
    }
  }

  /** Its watcher has gone by then, which would be what ended them. */
  private static void assertStays(SshNode node) throws IOException {
    List<String> pids = Files.readAllLines(node.home().resolve("pids"));
    assertEquals(3, pids.size());
    List<ProcessHandle> left =
        pids.stream().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream()).toList();
    try {
      assertEquals(3, left.size());
      Poll.until("no watcher is left", () -> !watched(left.getFirst()));
      assertTrue(left.stream().allMatch(ProcessHandle::isAlive));
    } finally {
      left.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Whether somebody of its process group waits on a leash. */
  private static boolean watched(ProcessHandle process) throws IOException {
    String group = group(process.pid());
    return ProcessHandle.allProcesses()
        .filter(other -> other.info().commandLine().orElse("").contains("kill -KILL 0"))
        .anyMatch(other -> group(other.pid()).equals(group));
  }

  private static String group(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2];
    } catch (IOException e) {
      return "gone";
    }
  }

  /** The embedded server drops what comes after the end of the shell. */
  @ParameterizedTest
  @EnumSource(names = "OPEN_SSH")
  void theOutputOfABackgroundJobIsWaitedFor(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes);

      assertEquals(0, terminal.multiquery("(sleep 1; echo after the end) & echo at the end"));

      assertEquals(framed(nodes, "at the end\nafter the end\n"), terminal.out());
    }
  }

  @ParameterizedTest
  @EnumSource(names = "OPEN_SSH")
  void aCommandThatEndedInTimeIsNotLateBecauseOfItsBackgroundJob(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 1)) {
      Terminal terminal = terminal(nodes);

      int status =
          terminal.multiquery(
              "--timeout", "3", "sleep 600 & echo $! >new; mv new pid; echo started");

      ProcessHandle job = process(nodes);
      try {
        assertEquals(0, status, terminal::err);
        assertTrue(job.isAlive());
        assertEquals(framed(nodes, "started\n"), terminal.out());
      } finally {
        job.destroyForcibly();
      }
    }
  }
}
