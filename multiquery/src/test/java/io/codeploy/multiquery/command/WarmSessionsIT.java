package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --persist} with processes of their own for keeper and clients. */
class WarmSessionsIT {
  private static final String STUBBORN =
      "sh -c 'trap \"\" TERM; echo $$ >new; mv new pid; while :; do sleep 1; done'";

  @TempDir Path root;
  @TempDir Path home;
  private SshNodes nodes;
  private Path program;

  @BeforeEach
  void installAndStartNodes() throws IOException {
    nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 2);
    Servers.welcome(home, nodes);
    Files.writeString(home.resolve("nodes"), nodes.nodeListFile());
    Path dist = root.resolve("dist");
    Files.createDirectories(dist.resolve("bin"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    program =
        Files.writeString(
            dist.resolve("bin/multiquery"),
            "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -Dcodeploy.home='%s' -cp '%s' %s \"$@\"\n"
                .formatted(
                    java, dist, System.getProperty("java.class.path"), Main.class.getName()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void stopAll() throws IOException {
    for (ProcessHandle keeper : keepers()) {
      keeper.destroyForcibly();
    }
    Poll.until("the keepers are gone", () -> keepers().isEmpty());
    nodes.close();
  }

  /** Processes that were told to keep, below this home. */
  private List<ProcessHandle> keepers() throws IOException {
    List<ProcessHandle> keepers = new ArrayList<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      for (ProcessHandle process : all.toList()) {
        if (commandLine(process.pid()).contains("--keeper\0" + home)) {
          keepers.add(process);
        }
      }
    }
    return keepers;
  }

  private static String commandLine(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "cmdline"));
      return new String(line, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private Process start(String output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(home.resolve(output).toFile())
            .redirectError(home.resolve(output + ".err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("MQ_NODES", home.resolve("nodes").toString());
    builder.environment().put("MQ_TIMEOUT", "0");
    return builder.start();
  }

  private String run(String... arguments) throws Exception {
    assertEquals(0, start("out", arguments).waitFor(), () -> read("out.err"));
    return read("out");
  }

  private String read(String name) {
    try {
      return Files.readString(home.resolve(name));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Path pidFile() {
    return nodes.nodes().getFirst().home().resolve("pid");
  }

  private ProcessHandle stubborn() throws IOException {
    Poll.until("the command runs", () -> Files.exists(pidFile()));
    return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip())).orElseThrow();
  }

  /** Said by a node: which connection it came by. */
  private String connections() throws Exception {
    return run("--persist", "10m", "--order", "echo $SSH_CONNECTION");
  }

  private Path directory() {
    return home.resolve(".cache/codeploy/run");
  }

  private List<Path> sockets() throws IOException {
    try (Stream<Path> entries = Files.list(directory())) {
      return entries.filter(path -> !path.endsWith("lock")).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Test
  void laterRunsUseTheSessionsOfEarlierOnes() throws Exception {
    String first = connections();
    assertEquals(first, connections());
    assertEquals(1, keepers().size());
    assertEquals(2, run("--kept").lines().count());
    assertNotEquals(first, run("--order", "echo $SSH_CONNECTION"));

    run("--persist", "off");

    Poll.until("the keeper is gone", () -> keepers().isEmpty());
    assertEquals(List.of(), sockets());
    assertEquals("", run("--kept"));
  }

  @Test
  void aKeeperIsNotOfTheSessionOfWhoStartedIt() throws Exception {
    connections();
    long keeper = keepers().getFirst().pid();

    String stat = Files.readString(Path.of("/proc", String.valueOf(keeper), "stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    assertEquals(String.valueOf(keeper), fields.get(3), "its session is not its own");
    for (int descriptor = 0; descriptor < 3; descriptor++) {
      Path file = Path.of("/proc", String.valueOf(keeper), "fd", String.valueOf(descriptor));
      assertEquals("/dev/null", Files.readSymbolicLink(file).toString());
    }
  }

  @Test
  void aClientThatIsKilledLeavesNothingRunning() throws Exception {
    connections();
    Process client = start("killed", "--persist", "10m", STUBBORN);
    ProcessHandle command = stubborn();

    client.destroyForcibly().waitFor();

    Poll.until("the command is gone", () -> !command.isAlive());
    connections();
  }

  @Test
  void aKeeperThatIsKilledHarmsOnlyWhatRuns() throws Exception {
    connections();
    Process client = start("left", "--persist", "10m", STUBBORN);
    ProcessHandle command = stubborn();

    keepers().getFirst().destroyForcibly();

    assertEquals(5, client.waitFor(), () -> read("left.err"));
    Poll.until("the command is gone", () -> !command.isAlive());
    Poll.until("the keeper is gone", () -> keepers().isEmpty());
    assertEquals(connections(), connections());
  }

  @Test
  void twoRunsThatStartAtOnceShareAKeeper() throws Exception {
    Process one = start("one", "--persist", "10m", "true");
    Process other = start("other", "--persist", "10m", "true");

    assertEquals(0, one.waitFor(), () -> read("one.err"));
    assertEquals(0, other.waitFor(), () -> read("other.err"));
    assertTrue(!read("one.err").contains("kept"), () -> read("one.err"));
    assertTrue(!read("other.err").contains("kept"), () -> read("other.err"));
    Poll.until("one of them is left", () -> keepers().size() == 1 && sockets().size() == 1);
  }

  @Test
  void aChangedConfigurationHasAnotherKeeper() throws Exception {
    String first = connections();
    Files.writeString(home.resolve(".ssh/config"), "ServerAliveInterval 7\n");

    assertNotEquals(first, connections());
    assertEquals(2, keepers().size());
  }

  @Test
  void runsWithoutAKeeperWhereNoneCanBe() throws Exception {
    Files.createDirectories(directory());
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));

    connections();

    assertTrue(
        read("out.err")
            .startsWith(
                "sessions are not kept: " + directory() + " is not private; mend that with"),
        () -> read("out.err"));
    assertEquals(List.of(), keepers());
  }

  @Test
  void keepsSessionsOfTheSystemsSsh() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "no /usr/bin/ssh (openssh-client)");
    String ssh = "ssh -F none -i " + nodes.identityFile() + " -o StrictHostKeyChecking=no";
    String[] command = {
      "--persist", "10m", "--ssh-command", ssh, "--order", "echo $SSH_CONNECTION"
    };
    String first = run(command);

    assertEquals(first, run(command));
  }
}
