package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Poll;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process: environment, signals, exit status. */
class MainIT {
  @TempDir Path root;
  @TempDir Path home;

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    return Clients.start(home, environment, arguments);
  }

  private ProcessBuilder command(Map<String, String> environment, String... arguments) {
    return Clients.command(home, environment, arguments);
  }

  private static int status(Process process) {
    Poll.until("the process has ended", () -> !process.isAlive());
    return process.exitValue();
  }

  private String out() throws IOException {
    return Files.readString(home.resolve("out"));
  }

  private String err() throws IOException {
    return Files.readString(home.resolve("err"));
  }

  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid()).start().waitFor();
  }

  @Test
  void namesWhatIsNotDoneWhenTheUserPressesCtrlC() throws Exception {
    try (SshNodes nodes = EmbeddedSshNodes.start(root, 3)) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      Process process =
          start(
              Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0"),
              "case $HOME in *node1) echo done;; *) sleep 600 & echo $! >new; mv new pid; wait;;"
                  + " esac");
      try {
        List<Path> pids =
            nodes.nodes().stream().skip(1).map(SshNode::home).map(h -> h.resolve("pid")).toList();
        Poll.until("two nodes are busy", () -> pids.stream().allMatch(Files::exists));
        Poll.until("one is done", () -> out().endsWith("done\n\n"));

        signal("INT", process);

        assertEquals(130, status(process), this::output);
        assertTrue(
            out().startsWith(nodes.listed(nodes.nodes().getFirst()) + ": 5 bytes\ndone\n\n"),
            this::output);
        assertTrue(
            err().matches("multiquery: 1 ok, 2 not done \\(\\S+@127\\S+\\), .* s\n"), this::output);
        for (Path pid : pids) {
          long sleeper = Long.parseLong(Files.readString(pid).strip());
          Poll.until(
              "the command is gone",
              () -> ProcessHandle.of(sleeper).filter(ProcessHandle::isAlive).isEmpty());
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void showsWhoIsRunningAtTheFirstCtrlCOnATerminalAndStopsAtTheSecond() throws Exception {
    Installed.assume("script", "bsdutils");
    try (SshNodes nodes = EmbeddedSshNodes.start(root, 2)) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      Process terminal =
          Clients.startOnTerminal(
              home,
              Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0"),
              "case $HOME in *node1) echo done;; *) echo $$ >new; mv new pid; sleep 600;; esac");
      try {
        Path pid = nodes.nodes().get(1).home().resolve("pid");
        Poll.until("a node is busy", () -> Files.exists(pid));
        Poll.until("one is done", () -> out().contains("done"));
        long client = Long.parseLong(Files.readString(home.resolve("client")).strip());

        interrupt(client);

        String running =
            "multiquery: 1 of 2 done, 1 running (" + nodes.listed(nodes.nodes().get(1));
        Poll.until("it is told who is running", () -> out().contains(running));
        assertTrue(terminal.isAlive());
        Poll.until(
            "the second one stops",
            () -> {
              interrupt(client);
              return !terminal.isAlive();
            });
        assertEquals(130, terminal.exitValue(), this::output);
        assertTrue(out().contains("1 not done"), this::output);
      } finally {
        terminal.destroyForcibly();
      }
    }
  }

  private static void interrupt(long process) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -s INT " + process + " 2>/dev/null").start().waitFor();
  }

  private String output() {
    try {
      return "out: " + out() + "\nerr: " + err();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void exitsWithTheStatusOfTheCommand() throws Exception {
    Process process = start(Map.of(), "uname");

    assertEquals(2, status(process), this::output);
    assertEquals("", out());
    assertTrue(err().startsWith("multiquery: no node list; "), this::output);
  }

  /** As after {@code | head}: nodes that write without end are stopped. */
  @Test
  void endsQuietlyWhenNobodyReads() throws Exception {
    try (SshNodes nodes = EmbeddedSshNodes.start(root, 2)) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      ProcessBuilder builder =
          command(
              Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0"),
              "--prefix",
              "echo $$ >pid; exec yes");
      Process process = builder.redirectError(home.resolve("err").toFile()).start();
      try (BufferedReader lines = process.inputReader()) {
        assertTrue(String.valueOf(lines.readLine()).endsWith(": y"));
      }

      assertEquals(141, status(process), this::errors);
      assertEquals("", err());
      for (SshNode node : nodes.nodes()) {
        Path pid = node.home().resolve("pid");
        if (Files.exists(pid)) {
          long writer = Long.parseLong(Files.readString(pid).strip());
          Poll.until("it is gone", () -> ProcessHandle.of(writer).isEmpty());
        }
      }
    }
  }

  private String errors() {
    try {
      return err();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Several times what the heap could hold, in one line. */
  @ParameterizedTest
  @ValueSource(strings = {"--prefix", "-b", "--json"})
  void keepsMemoryBoundedWhateverNodesWrite(String view) throws Exception {
    try (SshNodes nodes = EmbeddedSshNodes.start(root, 3)) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      ProcessBuilder builder =
          command(
              Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0"),
              view,
              "head -c 100000000 /dev/zero | tr '\\0' x");
      builder.command().add(builder.command().indexOf("-cp"), "-Xmx64m");
      Process process = builder.redirectError(home.resolve("err").toFile()).start();
      long count;
      try (InputStream out = process.getInputStream()) {
        count = out.transferTo(OutputStream.nullOutputStream());
      }

      assertEquals(0, status(process), this::errors);
      assertTrue(count > (view.equals("-b") ? 100_000_000 : 300_000_000), "" + count);
      assertEquals("", err());
    }
  }
}
