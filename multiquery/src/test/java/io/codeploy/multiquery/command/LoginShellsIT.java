package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watched command does what the command alone does, whatever the login shell is. */
class LoginShellsIT {
  /** What all of these shells understand, each in its own way. */
  private static final List<String> COMMANDS =
      List.of(
          "echo 'it'\"'\"'s' \"a  b\" $HOME; exit 7",
          "printf '%s\\n' 'back\\slash' 'Zürich' '$x `id` ~ *' \"'\"",
          "sh -c 'echo out; echo err >&2; exit 3'",
          "cat",
          "echo one\necho two\n",
          "# nothing",
          "false",
          "nosuchcommand -x",
          "echo it's",
          "sh -c 'kill -9 $$'",
          "kill -9 $$",
          "sleep 1 & echo early; wait",
          "ls only-here*");

  @TempDir Path root;
  @TempDir Path home;

  private SshNodes nodes(String shell) throws IOException {
    assumeTrue(Files.isExecutable(Path.of(shell)), () -> "no " + shell);
    SshNodes nodes =
        EmbeddedSshNodes.start(
            SshNodesSettings.of(root, 1)
                .withEnvironment(
                    Map.of("SHELL", shell, "LANG", "C.UTF-8", "TMPDIR", pipes().toString())));
    Servers.welcome(home, nodes);
    Files.createFile(nodes.nodes().getFirst().home().resolve("only-here1"));
    return nodes;
  }

  /** Where the nodes put named pipes. */
  private Path pipes() throws IOException {
    return Files.createDirectories(root.resolve("pipes"));
  }

  private Terminal terminal(SshNodes nodes) throws IOException {
    return new Terminal(home)
        .export("MQ_TIMEOUT", "120")
        .exportNodes(nodes.nodeListFile().split("\n", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/bash",
        "/bin/dash",
        "/usr/bin/zsh",
        "/usr/bin/fish",
        "/usr/bin/tcsh",
        "/usr/bin/bsd-csh",
        "/usr/bin/mksh"
      })
  @Retention(RetentionPolicy.RUNTIME)
  private @interface EachShell {}

  @EachShell
  void changesNothingThatACommandDoes(String shell) throws Exception {
    try (SshNodes nodes = nodes(shell)) {
      for (String command : COMMANDS) {
        Terminal plain = terminal(nodes);
        int status = plain.multiquery("--plain", command);
        Terminal watched = terminal(nodes);

        assertEquals(status, watched.multiquery(command), () -> command + ": " + watched.err());

        assertEquals(comparable(plain.out()), comparable(watched.out()), command);
        assertEquals(comparable(plain.err()), comparable(watched.err()), command);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/bash", "/bin/dash", "/usr/bin/zsh", "/usr/bin/mksh"})
  void theWatchIsNothingThatTheShellKnowsOf(String shell) throws Exception {
    String command = "type sh; jobs; wait; echo waited \"$!\"";
    try (SshNodes nodes = nodes(shell)) {
      Terminal plain = terminal(nodes);
      assertEquals(0, plain.multiquery("--plain", command), plain::err);
      Terminal watched = terminal(nodes);

      assertEquals(0, watched.multiquery(command), watched::err);

      assertEquals(plain.out(), watched.out());
    }
  }

  @Test
  void aPathThatMayNotBeSetIsLeftAlone() throws Exception {
    try (SshNodes nodes = nodes("/usr/bin/zsh")) {
      Files.writeString(nodes.nodes().getFirst().home().resolve(".zshenv"), "typeset -r PATH\n");
      Terminal plain = terminal(nodes);
      assertEquals(0, plain.multiquery("--plain", "echo it runs"), plain::err);
      Terminal watched = terminal(nodes);

      assertEquals(0, watched.multiquery("echo it runs"), watched::err);

      assertEquals(plain.out(), watched.out());
      assertEquals(comparable(plain.err()), comparable(watched.err()));
    }
  }

  /** Without the time that the run took, the number of a line and the process of a job of csh. */
  private static String comparable(String text) {
    return text.replaceAll("\\d+\\.\\d s\n", "\n")
        .replaceAll("(line |sh: |zsh:)\\d+", "$1")
        .replaceAll("\\d+ bytes\n\\[1\\] \\d+", "bytes\n[1]");
  }

  @EachShell
  void tellsTheCommandWhereItIsAndGivesItItsInput(String shell) throws Exception {
    try (SshNodes nodes = nodes(shell)) {
      Terminal terminal = terminal(nodes).pipe("first\nlast without newline");

      assertEquals(
          0,
          terminal.multiquery(
              "--expand", "-I", "echo $MQ_HOST $MQ_RANK $MQ_COUNT %h %n %N %%; cat"),
          terminal::err);

      String name = nodes.listed(nodes.nodes().getFirst());
      String said = name + " 0 1 " + name + " 0 1 %\nfirst\nlast without newline";
      assertEquals(name + ": " + said.length() + " bytes\n" + said + "\n", terminal.out());
      try (Stream<Path> left = Files.list(pipes())) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  @EachShell
  void endsACommandAtItsLimit(String shell) throws Exception {
    try (SshNodes nodes = nodes(shell)) {
      Terminal terminal = terminal(nodes).export("MQ_TIMEOUT", "3");

      assertEquals(3, terminal.multiquery("sh -c 'echo $$ >pid; sleep 600; :'"), terminal::err);

      Path pid = nodes.nodes().getFirst().home().resolve("pid");
      long process = Long.parseLong(Files.readString(pid).strip());
      Poll.until(
          "the command is gone",
          () -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
      assertTrue(terminal.out().endsWith("timed out ssh\n\n"), terminal.out());
    }
  }
}
