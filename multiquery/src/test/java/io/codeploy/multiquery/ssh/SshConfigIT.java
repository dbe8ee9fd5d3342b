package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.testing.Installed;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directives of ssh_config, carried out. */
class SshConfigIT {
  @TempDir Path root;
  private EmbeddedSshNodes nodes;
  private Rig rig;

  @BeforeEach
  void startNode() throws Exception {
    nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1);
    rig = Rig.create(root, nodes);
  }

  @AfterEach
  void stopNode() {
    nodes.close();
  }

  private void connects(String config) throws Exception {
    rig.write("config", config);
    try (MinaConnector connector = rig.connector();
        Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
      assertEquals("hello\n", Rig.run(connection, "echo hello").out());
    }
  }

  private NodeFailure failure(String config, Duration limit) throws Exception {
    rig.write("config", config);
    try (MinaConnector connector = rig.connector()) {
      return assertThrows(NodeFailedException.class, () -> connector.connect(rig.node(0), limit))
          .failure();
    }
  }

  /** A command that copies between its standard streams and the node, by bash alone. */
  private static final String RELAY =
      "ProxyCommand bash -c 'exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3; kill $!'\n";

  @Test
  void connectsThroughAProxyCommand() throws Exception {
    connects(RELAY);
  }

  /** {@code >(…)} is no syntax of a plain {@code sh}. */
  @Test
  void hasTheUsersShellRunAProxyCommand() throws Exception {
    rig.write("config", RELAY.stripTrailing() + " 2> >(cat >&2)\n");

    rig.connects(rig.settings().withEnvironment(Map.of("SHELL", "/bin/bash")));
  }

  /** One after the other the first would wait for the second until it is refused. */
  @Test
  void doesNotHaveCommandsOfMatchWaitForThoseOfOtherNodes() throws Exception {
    var node = nodes.nodes().getFirst();
    rig.write(
        "config",
        """
        Match exec "cd '%s' && touch %%n && until test -e one && test -e two; do sleep 0.1; done"
          HostName %s
          Port %d
          HostKeyAlias the-one
        """
            .formatted(root, node.address(), node.port()));
    rig.write("known_hosts", "the-one " + node.hostKey() + "\n");
    List<Node> both = NodeList.parse("list", "one\ntwo");
    try (MinaConnector connector = rig.connector()) {
      connector.prepare(both);

      for (Node each : both) {
        connector.connect(each, Rig.LIMIT).close();
      }
    }
  }

  @Test
  void tellsWhatAProxyCommandSaid() throws Exception {
    NodeFailure failure = failure("ProxyCommand echo no way to %h >&2; exit 1\n", Rig.LIMIT);

    assertInstanceOf(NodeFailure.Unreachable.class, failure);
    String address = nodes.nodes().getFirst().address();
    assertTrue(failure.message().contains("no way to " + address), failure.message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ciphers aes256-ctr,nonsense",
        "Ciphers ^aes256-gcm@openssh.com",
        "Ciphers -aes128-gcm*,chacha*",
        "MACs hmac-sha2-512",
        "KexAlgorithms ecdh-sha2-nistp256",
        "KexAlgorithms -curve25519*",
        "HostKeyAlgorithms ssh-ed25519",
        "PubkeyAcceptedAlgorithms +ssh-rsa",
        "SetEnv LANG=C",
        "AddressFamily inet",
        "BindAddress 127.0.0.1",
        "ServerAliveInterval 0",
        "Match exec \"true %n\"\nUserKnownHostsFile /dev/null\nStrictHostKeyChecking no"
      })
  void connectsUnder(String directive) throws Exception {
    connects(directive + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ciphers nonsense",
        "MACs -*",
        "KexAlgorithms diffie-nonsense",
        "HostKeyAlgorithms x509-something"
      })
  void refusesAListThatLeavesNothing(String directive) throws Exception {
    NodeFailure failure = failure("\n" + directive + "\n", Rig.LIMIT);

    assertTrue(failure.message().contains("config:2: "), failure.message());
  }

  @Test
  void findsAHostUnderAHashedName() throws Exception {
    Installed.assume("ssh-keygen", "openssh-client");
    String known = nodes.knownHosts();
    rig.write("known_hosts", known);
    Process hash =
        new ProcessBuilder(
                "ssh-keygen", "-H", "-f", rig.home().resolve(".ssh/known_hosts").toString())
            .redirectErrorStream(true)
            .start();
    hash.getInputStream().readAllBytes();
    assertEquals(0, hash.waitFor());
    assertTrue(rig.read("known_hosts").startsWith("|1|"));

    connects("StrictHostKeyChecking yes\n");
  }

  @Test
  void leavesNoConnectionBehindWhenALimitPasses() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        MinaConnector connector = rig.connector()) {
      FutureTask<String> heard =
          new FutureTask<>(
              () -> {
                try (Socket client = silent.accept();
                    InputStream in = client.getInputStream()) {
                  return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                }
              });
      Thread.ofVirtual().start(heard);

      NodeFailedException failed =
          assertThrows(
              NodeFailedException.class,
              () ->
                  connector.connect(
                      Rig.node("127.0.0.1", silent.getLocalPort()), Duration.ofSeconds(2)));

      assertInstanceOf(NodeFailure.TimedOut.class, failed.failure());
      // Ends only when the client has closed its side.
      assertTrue(heard.get().startsWith("SSH-2.0-"));
    }
  }

  @Test
  void tellsWhyAServerTurnedItAway() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        MinaConnector connector = rig.connector()) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket client = full.accept()) {
                  client
                      .getOutputStream()
                      .write("Exceeded MaxStartups\r\n".getBytes(StandardCharsets.US_ASCII));
                  client.shutdownOutput();
                  // A close with bytes unread would be a reset, which overtakes the text.
                  client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (java.io.IOException e) {
                  // The client will see to it.
                }
              });

      NodeFailure failure =
          assertThrows(
                  NodeFailedException.class,
                  () -> connector.connect(Rig.node("127.0.0.1", full.getLocalPort()), Rig.LIMIT))
              .failure();

      assertInstanceOf(NodeFailure.TurnedAway.class, failure, failure.message());
      assertTrue(failure.message().contains("Exceeded MaxStartups"), failure.message());
    }
  }
}
