package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.FaultySshServer;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.systemssh.SystemSshConnector;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The system's ssh gives what our own client gives, but for what a program cannot tell. */
class SystemSshConnectorIT extends ConnectorContract {
  private static final Path TEMPORARY = Path.of("/tmp");

  @BeforeEach
  void needsOpenSsh() {
    Installed.assume("ssh", "openssh-client");
    assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
  }

  @Override
  SshNodes start(SshNodesSettings settings) throws IOException {
    return OpenSshNodes.start(settings);
  }

  /** The test's own ssh_config, then what makes ssh see nothing else of this machine. */
  @Override
  Connector connector(Rig rig) throws IOException {
    rig.write(
        "system",
        """
        Include "%1$s/config"
        Host *
          IdentityFile "%2$s"
          IdentitiesOnly yes
          IdentityAgent none
          UserKnownHostsFile "%1$s/known_hosts"
          GlobalKnownHostsFile none
          User %3$s
        """
            .formatted(rig.home().resolve(".ssh"), rig.nodes().identityFile(), rig.nodes().user()));
    return open("ssh -F '" + rig.home().resolve(".ssh/system") + "'");
  }

  private static Connector open(String command) throws IOException {
    return SystemSshConnector.open(command, Optional.empty(), TEMPORARY, TimeSource.system());
  }

  /** ssh cannot ask for a signal. */
  @Override
  boolean deliversSignals(Rig rig) {
    return false;
  }

  /** It exits with 255, as a command might. */
  @Override
  boolean tellsSignals() {
    return false;
  }

  private NodeFailure failure(Rig rig, String host, int port, Duration limit) throws Exception {
    try (Connector connector = connector(rig)) {
      return assertThrows(
              NodeFailedException.class, () -> connector.connect(Rig.node(host, port), limit))
          .failure();
    }
  }

  @Test
  void tellsWhyThereIsNoConnection() throws Exception {
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 2))) {
      Rig rig = Rig.create(root, nodes);
      int port = nodes.nodes().getFirst().port();

      assertInstanceOf(
          NodeFailure.Unreachable.class, failure(rig, "nowhere.invalid", port, Rig.LIMIT));
      rig.write("known_hosts", "");
      assertInstanceOf(
          NodeFailure.HostKeyRejected.class, failure(rig, "127.0.0.1", port, Rig.LIMIT));
      rig.write("known_hosts", nodes.knownHosts());
      rig.write("config", "User nobody-at-all\n");
      assertInstanceOf(
          NodeFailure.AuthenticationRejected.class, failure(rig, "127.0.0.1", port, Rig.LIMIT));
      nodes.stop(nodes.nodes().getFirst());
      NodeFailure refused = failure(rig, "127.0.0.1", port, Rig.LIMIT);
      assertInstanceOf(NodeFailure.Unreachable.class, refused);
      assertTrue(refused.message().contains("refused"), refused.message());
    }
  }

  @Test
  void tellsAChangedKeyFromAnUnknownOne() throws Exception {
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 2))) {
      Rig rig = Rig.create(root, nodes);
      var node = nodes.nodes().getFirst();
      var other = nodes.nodes().get(1);
      rig.write(
          "known_hosts",
          other
                  .knownHostsLine()
                  .replace(
                      "[" + other.address() + "]:" + other.port(),
                      "[" + node.address() + "]:" + node.port())
              + "\n");

      NodeFailure failure = failure(rig, node.address(), node.port(), Rig.LIMIT);

      assertInstanceOf(NodeFailure.HostKeyRejected.class, failure);
      assertTrue(failure.message().contains("changed"), failure.message());
    }
  }

  @Test
  void timesOutOnAServerThatSaysNothing() throws Exception {
    Duration limit = Duration.ofMillis(300);
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 1));
        FaultySshServer silent =
            FaultySshServer.start("127.0.0.1", FaultySshServer.Fault.NEVER_SPEAKS)) {
      Rig rig = Rig.create(root, nodes);

      assertEquals(
          new NodeFailure.TimedOut("connect", limit),
          failure(rig, "127.0.0.1", silent.port(), limit));
    }
  }

  @Test
  void leavesTheExitStatusOfItsOwnFailuresToCommands() throws Exception {
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 1))) {
      Rig rig = Rig.create(root, nodes);
      try (Connector connector = connector(rig);
          Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
        assertEquals(
            new Rig.Said(new ExitStatus.Exited(255), "", "own\n"),
            Rig.run(connection, "echo own >&2; exit 255"));
      }
    }
  }

  @Test
  void leavesNoProcessAndNoSocket() throws Exception {
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 1))) {
      Rig rig = Rig.create(root, nodes);
      Path temporary = Files.createTempDirectory(TEMPORARY, "t");
      try (Connector connector =
          SystemSshConnector.open(
              "ssh -F none -i "
                  + nodes.identityFile()
                  + " -o StrictHostKeyChecking=no"
                  + " -o UserKnownHostsFile="
                  + rig.home().resolve(".ssh/known_hosts"),
              Optional.of(nodes.user()),
              temporary,
              TimeSource.system())) {
        Connection connection = connector.connect(rig.node(0), Rig.LIMIT);
        assertEquals("on\n", Rig.run(connection, "echo on").out());
        assertEquals(1, entries(temporary));
      }
      assertEquals(0, entries(temporary));
      Poll.until("its processes are gone", () -> !mentionedByAProcess(temporary.toString()));
      Files.delete(temporary);
    }
  }

  private static long entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }

  private static boolean mentionedByAProcess(String text) {
    return ProcessHandle.current()
        .descendants()
        .anyMatch(process -> process.info().commandLine().orElse("").contains(text));
  }

  @Test
  void refusesWhatIsNotOpenSsh() {
    IOException missing = assertThrows(IOException.class, () -> open("/no/such/ssh -v"));
    assertEquals("cannot run \"/no/such/ssh -v\"; is it installed?", missing.getMessage());

    IOException other = assertThrows(IOException.class, () -> open("echo"));
    assertEquals("\"echo -V\" does not tell a version of OpenSSH: -V", other.getMessage());
  }
}
