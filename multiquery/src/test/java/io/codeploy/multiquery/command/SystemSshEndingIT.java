package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultySshServer;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits and interruptions where the system's ssh connects: nothing is left here or there. */
class SystemSshEndingIT {
  @TempDir Path root;
  @TempDir Path home;

  @BeforeEach
  void needsSsh() {
    Installed.assume("ssh", "openssh-client");
  }

  private static Terminal terminal(Site site) throws IOException {
    return site.terminal().export("MQ_SSH_COMMAND", site.sshCommand());
  }

  private static Path pidFile(Site site) {
    return site.nodes().nodes().getFirst().home().resolve("pid");
  }

  private static void assertGone(Site site) throws IOException {
    long pid = Long.parseLong(Files.readString(pidFile(site)).strip());
    Poll.until(
        "the command is gone",
        () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    Poll.until("its ssh processes are gone", () -> !connecting(site.home()));
  }

  /** Whether a process of ours names the operator's home. */
  private static boolean connecting(Path home) {
    return ProcessHandle.current()
        .descendants()
        .map(process -> process.info().commandLine().orElse(""))
        .anyMatch(line -> line.contains("ssh ") && line.contains(home.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--timeout=8", "--command-timeout=4", "--deadline=8"})
  void aLimitEndsTheCommandOnItsNodeThatIgnoresTerm(String limit) throws Exception {
    try (Site site = Site.open(root, home, 1)) {
      Terminal terminal = terminal(site);

      int status = terminal.multiquery(limit, "echo so far; " + EndingIT.STUBBORN);

      assertEquals(3, status, terminal::err);
      assertTrue(terminal.err().startsWith("so far\n"), terminal.err());
      String phase = limit.startsWith("--deadline") ? "(run)" : "(command)";
      assertTrue(terminal.err().contains(phase), terminal.err());
      assertGone(site);
    }
  }

  @Test
  void aServerThatNeverSpeaksIsGivenUpAfterTheLimitOfConnecting() throws Exception {
    try (Site site = Site.open(root, home, 1);
        FaultySshServer silent =
            FaultySshServer.start("127.0.0.9", FaultySshServer.Fault.NEVER_SPEAKS)) {
      Terminal terminal = terminal(site);
      String bad = silent.address() + ":" + silent.port();
      terminal.exportNodes(bad);

      assertEquals(3, terminal.multiquery("--connect-timeout=1", "echo here"), terminal::err);

      assertEquals(bad + ": timed out probe\n\n", terminal.out());
      assertTrue(
          terminal.err().startsWith(bad + ": timed out after 1.0 s (connect)\n"), terminal.err());
      Poll.until("its ssh process is gone", () -> !connecting(home));
    }
  }

  @Test
  void anInterruptedRunEndsTheCommandOnItsNode() throws Exception {
    try (Site site = Site.open(root, home, 1)) {
      Terminal terminal = terminal(site);
      Interruptible<Integer> run =
          Interruptible.start(() -> terminal.multiquery(EndingIT.STUBBORN));
      Poll.until("the command runs", () -> Files.exists(pidFile(site)));

      run.interrupt();

      assertEquals(130, run.end().value(), terminal::err);
      assertGone(site);
    }
  }

  @Test
  void aClientThatIsKilledLeavesNothingOnTheNode() throws Exception {
    try (Site site = Site.open(root, home, 1)) {
      Path list = Files.writeString(home.resolve("nodes"), site.nodes().nodeListFile());
      Process client =
          Clients.start(
              home,
              Map.of(
                  "MQ_NODES",
                  list.toString(),
                  "MQ_TIMEOUT",
                  "0",
                  "MQ_SSH_COMMAND",
                  site.sshCommand()),
              EndingIT.STUBBORN);
      try {
        Poll.until("the command runs", () -> Files.exists(pidFile(site)));
      } finally {
        client.destroyForcibly().waitFor();
      }

      assertGone(site);
    }
  }

  /** The program exits with 255 then, as a command might. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSignalThatKilledTheCommandIsToldByOurOwnClientAlone(boolean bySystemSsh) throws Exception {
    try (Site site = Site.open(root, home, 1)) {
      Terminal terminal = bySystemSsh ? terminal(site) : site.terminal();

      assertEquals(5, terminal.multiquery("--json", "kill -KILL $$"), terminal::err);

      String told = bySystemSsh ? ",\"status\":255," : ",\"signal\":\"KILL\",";
      assertTrue(terminal.out().contains(told), terminal.out());
      assertFalse(terminal.out().contains(bySystemSsh ? "\"signal\"" : "\"status\""));
    }
  }
}
