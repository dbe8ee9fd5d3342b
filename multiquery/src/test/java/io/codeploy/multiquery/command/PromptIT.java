package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.prompt.PromptState;
import io.codeploy.multiquery.prompt.ScriptedKeyboard;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The prompt over real connections, and on a terminal. */
class PromptIT {
  @TempDir Path root;
  @TempDir Path home;

  private Terminal terminal(SshNodes nodes) throws IOException {
    Servers.welcome(home, nodes);
    return new Terminal(home)
        .exportNodes(nodes.nodes().stream().map(nodes::listed).toArray(String[]::new));
  }

  private static int prompt(Terminal terminal, String... lines) {
    TimeSource time = TimeSource.system();
    return terminal
        .prompt(
            (ssh, first) -> ssh.connector(terminal.surroundings(), time),
            time,
            new ScriptedKeyboard(lines),
            "--prefix",
            "--order")
        .status();
  }

  /** The server tells the port that a connection comes from. */
  @ParameterizedTest
  @EnumSource
  void aSecondCommandOpensNoConnection(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 2)) {
      Terminal terminal = terminal(nodes);
      String command = "echo $SSH_CONNECTION";

      assertEquals(0, prompt(terminal, command, command, ":reconnect", command), terminal::err);

      List<String> lines =
          terminal.out().lines().filter(line -> !line.startsWith("the next")).toList();
      assertEquals(6, lines.size(), terminal.out());
      assertEquals(lines.subList(0, 2), lines.subList(2, 4));
      assertNotEquals(lines.get(0), lines.get(4));
      assertNotEquals(lines.get(1), lines.get(5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNodeThatWentAwayIsReachedAgain(Servers servers) throws Exception {
    try (SshNodes nodes = servers.start(root, 2)) {
      Terminal terminal = terminal(nodes);
      SshNode second = nodes.nodes().getLast();
      TimeSource time = TimeSource.system();
      ScriptedKeyboard keyboard =
          new ScriptedKeyboard("echo one", "echo two", "!failed echo three") {
            @Override
            public Typed next(String prompt, PromptState state) {
              change(nodes, second, prompts().size());
              return super.next(prompt, state);
            }
          };

      terminal.prompt(
          (ssh, first) -> ssh.connector(terminal.surroundings(), time), time, keyboard, "--prefix");

      String name = nodes.listed(second);
      assertTrue(terminal.out().contains(name + ": one\n"), terminal::out);
      // Unreachable, or lost where the server's farewell had not come in yet.
      assertTrue(terminal.err().contains("multiquery: 1 ok, 1 "), terminal::err);
      assertTrue(terminal.err().contains(" (" + name + "), "), terminal::err);
      assertTrue(terminal.out().contains(name + ": three\n"), terminal::out);
    }
  }

  /** Gone before the second line, back before the third. */
  private static void change(SshNodes nodes, SshNode node, int lines) {
    try {
      if (lines == 1) {
        nodes.stop(node);
      } else if (lines == 2) {
        nodes.start(node);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String out() throws IOException {
    // What moves the cursor is left out.
    return Files.readString(home.resolve("out"), StandardCharsets.UTF_8)
        .replaceAll("\u001b(\\[[?0-9;]*[a-zA-Z]|[=>])", "")
        .replace("\r", "");
  }

  private int count(String text) throws IOException {
    return out().split(Pattern.quote(text), -1).length - 1;
  }

  private void awaitOutput(String text) {
    Poll.until("there is " + text, () -> out().contains(text));
  }

  private static void type(Process terminal, String keys) throws IOException {
    OutputStream in = terminal.getOutputStream();
    in.write(keys.getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  @Test
  void isEditedInterruptedAndLeftOnATerminal() throws Exception {
    try (SshNodes nodes = Servers.EMBEDDED.start(root, 2)) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      Process terminal =
          Clients.startPrompt(
              home, Map.of("MQ_NODES", list.toString(), "MQ_TIMEOUT", "0"), "xterm");
      try {
        awaitOutput("codeploy[2]> ");
        type(terminal, "echo fir\u007f\u007f\u007ffirst; echo $$ >>pids; sleep 600\r");
        for (SshNode node : nodes.nodes()) {
          Poll.until("it runs", () -> Files.exists(node.home().resolve("pids")));
        }
        do {
          int told = count("2 running (");
          type(terminal, "\u0003");
          Poll.until(
              "it is heard",
              () -> count("2 running (") > told || out().contains("codeploy[2] 130> "));
        } while (!out().contains("codeploy[2] 130> "));
        assertTrue(out().contains("2 running ("), this::output);
        type(terminal, "not meant");
        awaitOutput("not meant");
        type(terminal, "\u0003");
        Poll.until("it asks again", () -> count("codeploy[2] 130> ") > 1);
        type(terminal, " echo secret\r");
        awaitOutput("\nsecret\n");
        type(terminal, "echo sec\"\"ond; expr 20 + 22\r");
        awaitOutput("\n42\n");
        type(terminal, ":vi\tpre\t\r");
        type(terminal, "\u001bOA\u001bOA\r"); // twice up
        Poll.until("both are told", () -> count(": 42\n") == 2);
        // Before it asks, the end of input would be the terminal's own business.
        Poll.until("it asks", () -> out().endsWith("codeploy[2]> "));
        type(terminal, "\u0004");

        Poll.until("it ends", () -> !terminal.isAlive());
        assertEquals(0, terminal.exitValue(), this::output);
        Path history = home.resolve(".local/state/codeploy/multiquery_history");
        String lines = Files.readString(history);
        assertTrue(lines.contains("sleep 600"), lines);
        assertTrue(lines.contains(":view prefix"), lines);
        assertTrue(!lines.contains("secret") && !lines.contains("not meant"), lines);
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
      } finally {
        terminal.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dumb", "unknown-terminal"})
  void worksOnTerminalsThatCanDoNothing(String type) throws Exception {
    try (SshNodes nodes = Servers.EMBEDDED.start(root, 2)) {
      Servers.welcome(home, nodes);
      Path list = Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
      Process terminal = Clients.startPrompt(home, Map.of("MQ_NODES", list.toString()), type);
      try {
        awaitOutput("codeploy[2]> ");
        type(terminal, "expr 20 + 22\n");
        awaitOutput("\n42\n");
        type(terminal, "exit 3\n");
        awaitOutput("codeploy[2] 5> ");
        type(terminal, ":quit\n");

        Poll.until("it ends", () -> !terminal.isAlive());
        assertEquals(0, terminal.exitValue(), this::output);
      } finally {
        terminal.destroyForcibly();
      }
    }
  }

  private String output() {
    try {
      return out();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
