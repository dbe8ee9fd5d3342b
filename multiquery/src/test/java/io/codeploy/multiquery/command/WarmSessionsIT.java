package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
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
  private KeptSite site;

  @BeforeEach
  void installAndStartNodes() throws IOException {
    site = new KeptSite(root, home);
  }

  @AfterEach
  void stopAll() throws IOException {
    site.close();
  }

  private Path pidFile() {
    return site.nodes().nodes().getFirst().home().resolve("pid");
  }

  private ProcessHandle stubborn() throws IOException {
    Poll.until("the command runs", () -> Files.exists(pidFile()));
    return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip())).orElseThrow();
  }

  @Test
  void laterRunsUseTheSessionsOfEarlierOnes() throws Exception {
    String first = site.connections();
    assertEquals(first, site.connections());
    assertEquals(1, site.keepers().size());
    assertEquals(2, site.run("--kept").lines().count());
    assertNotEquals(first, site.run("--order", "echo $SSH_CONNECTION"));

    site.run("--persist", "off");

    Poll.until("the keeper is gone", () -> site.keepers().isEmpty());
    assertEquals(List.of(), site.sockets());
    assertEquals("", site.run("--kept"));
  }

  @Test
  void aKeeperIsNotOfTheSessionOfWhoStartedIt() throws Exception {
    site.connections();
    long keeper = site.keepers().getFirst().pid();

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
    site.connections();
    Process client = site.start(home, "killed", "--persist", "10m", STUBBORN);
    ProcessHandle command = stubborn();

    client.destroyForcibly().waitFor();

    Poll.until("the command is gone", () -> !command.isAlive());
    site.connections();
  }

  @Test
  void aKeeperThatIsKilledHarmsOnlyWhatRuns() throws Exception {
    site.connections();
    Process client = site.start(home, "left", "--persist", "10m", STUBBORN);
    ProcessHandle command = stubborn();

    site.keepers().getFirst().destroyForcibly();

    assertEquals(5, client.waitFor(), () -> site.read("left.err"));
    Poll.until("the command is gone", () -> !command.isAlive());
    Poll.until("the keeper is gone", () -> site.keepers().isEmpty());
    assertEquals(site.connections(), site.connections());
  }

  /**
   * As when many nodes are behind a ProxyCommand, whose connection takes more files than others.
   */
  @Test
  void aKeeperThatMayOpenNoMoreFilesMakesWay() throws Exception {
    Installed.assume("prlimit", "util-linux");
    site.connections();
    ProcessHandle keeper = site.keepers().getFirst();
    long files;
    try (Stream<Path> open = Files.list(Path.of("/proc", keeper.pid() + "", "fd"))) {
      files = open.count();
    }
    String limit = "--nofile=" + (files + 4);
    String[] prlimit = {"prlimit", "--pid", keeper.pid() + "", limit};
    assertEquals(0, new ProcessBuilder(prlimit).inheritIO().start().waitFor());

    List<SocketChannel> guests = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        guests.add(SocketChannel.open(UnixDomainSocketAddress.of(site.sockets().getFirst())));
      }
      Poll.until("it has ended", () -> !keeper.isAlive());
    } finally {
      for (SocketChannel guest : guests) {
        guest.close();
      }
    }
    assertEquals(site.connections(), site.connections());
  }

  @Test
  void twoRunsThatStartAtOnceShareAKeeper() throws Exception {
    Process one = site.start(home, "one", "--persist", "10m", "true");
    Process other = site.start(home, "other", "--persist", "10m", "true");

    assertEquals(0, one.waitFor(), () -> site.read("one.err"));
    assertEquals(0, other.waitFor(), () -> site.read("other.err"));
    assertTrue(!site.read("one.err").contains("kept"), () -> site.read("one.err"));
    assertTrue(!site.read("other.err").contains("kept"), () -> site.read("other.err"));
    Poll.until(
        "one of them is left", () -> site.keepers().size() == 1 && site.sockets().size() == 1);
  }

  @Test
  void aChangedConfigurationHasAnotherKeeper() throws Exception {
    String first = site.connections();
    Files.writeString(home.resolve(".ssh/config"), "ServerAliveInterval 7\n");

    assertNotEquals(first, site.connections());
    assertEquals(2, site.keepers().size());
  }

  @Test
  void runsWithoutAKeeperWhereNoneCanBe() throws Exception {
    Files.createDirectories(site.directory());
    Files.setPosixFilePermissions(site.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));

    site.connections();

    assertTrue(
        site.read("out.err")
            .startsWith(
                "sessions are not kept: " + site.directory() + " is not private; mend that with"),
        () -> site.read("out.err"));
    assertEquals(List.of(), site.keepers());
  }

  @Test
  void keepsSessionsOfTheSystemsSsh() throws Exception {
    Installed.assume("ssh", "openssh-client");
    String ssh = "ssh -F none -i " + site.nodes().identityFile() + " -o StrictHostKeyChecking=no";
    String[] command = {
      "--persist", "10m", "--ssh-command", ssh, "--order", "echo $SSH_CONNECTION"
    };
    String first = site.run(command);
    site.awaitSessionsAtRest();

    assertEquals(first, site.run(command));
  }

  /** The program is in the directory where the command is typed, the keeper runs elsewhere. */
  @Test
  void aProgramIsFoundFromWhereTheCommandIsTyped() throws Exception {
    Installed.assume("ssh", "openssh-client");
    Path here = Files.createDirectories(home.resolve("here"));
    Path there = Files.createDirectories(home.resolve("there"));
    String options = "-i " + site.nodes().identityFile() + " -o StrictHostKeyChecking=no";
    Files.writeString(here.resolve("config"), "SetEnv X=1\n");
    KeptSite.executable(here.resolve("own"), "exec /usr/bin/ssh " + options + " \"$@\"");
    KeptSite.executable(there.resolve("own"), "exit 1");
    String[] command = {
      "--persist", "10m", "--ssh-command", "./own -F config", "--order", "echo $SSH_CONNECTION"
    };
    String first = site.runIn(here, command);

    assertFalse(site.read("out.err").contains("not kept"), site.read("out.err"));
    site.awaitSessionsAtRest();
    assertEquals(first, site.runIn(here, command));
    assertEquals(2, site.start(there, "other", command).waitFor(), () -> site.read("other.err"));
  }
}
