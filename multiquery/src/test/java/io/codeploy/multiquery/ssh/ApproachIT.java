package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.config.SshSettings;
import io.codeploy.multiquery.ssh.key.SshKeyException;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP connections that are begun before the SSH library is ready. */
class ApproachIT {
  private static final String ADDRESS = "127.0.0.9";

  @TempDir Path root;
  private EmbeddedSshNodes nodes;
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1);
    rig = Rig.create(root, nodes);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private static ServerSocket door() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getByName(ADDRESS));
  }

  private static Node behind(ServerSocket door) {
    return Rig.node(ADDRESS, door.getLocalPort());
  }

  private MinaConnector connector(List<Node> first, Runnable ready) throws IOException {
    return connector(rig.settings(), first, ready);
  }

  private static MinaConnector connector(SshSettings settings, List<Node> first, Runnable ready)
      throws IOException {
    return new MinaConnector(settings, TimeSource.system(), first, ready);
  }

  private static Socket taken(ServerSocket door) {
    try {
      return door.accept();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection is in the queue as soon as it is made. */
  private static void assertNobodyWaits(ServerSocket door) throws IOException {
    door.setSoTimeout(1);
    assertThrows(SocketTimeoutException.class, door::accept);
  }

  private static NodeFailure failure(MinaConnector connector, Node node) {
    return assertThrows(NodeFailedException.class, () -> connector.connect(node, Rig.LIMIT))
        .failure();
  }

  /** It would wait for ever if the connections came after. */
  @Test
  void begunBeforeTheLibraryIsReadyAndEndedWithTheConnectorIfNobodyUsesThem() throws Exception {
    try (ServerSocket door = door()) {
      List<Socket> come = new ArrayList<>();
      connector(
              List.of(behind(door), behind(door)),
              () -> {
                come.add(taken(door));
                come.add(taken(door));
              })
          .close();

      for (Socket socket : come) {
        assertEquals(-1, socket.getInputStream().read());
      }
      assertNobodyWaits(door);
    }
  }

  @Test
  void usedByTheFirstWhoConnectsAndByNobodyElse() throws Exception {
    try (ServerSocket door = door()) {
      List<Socket> come = new ArrayList<>();
      try (MinaConnector connector =
          connector(List.of(behind(door)), () -> come.add(taken(door)))) {
        come.getFirst().getOutputStream().write("go away\n".getBytes(StandardCharsets.US_ASCII));
        come.getFirst().close();

        assertInstanceOf(NodeFailure.TurnedAway.class, failure(connector, behind(door)));
        assertNobodyWaits(door);

        door.setSoTimeout(0);
        Thread.ofVirtual().start(() -> close(taken(door)));
        assertInstanceOf(NodeFailure.TurnedAway.class, failure(connector, behind(door)));
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void makeNoDifferenceToACommand() throws Exception {
    List<Node> twice = List.of(rig.node(0), rig.node(0));
    try (MinaConnector connector = connector(twice, () -> {})) {
      connector.prepare(twice);
      for (int i = 0; i < 3; i++) {
        try (Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
          assertEquals("hello\n", Rig.run(connection, "echo hello").out());
        }
      }
    }
  }

  @Test
  void fromTheAddressThatSshConfigNames() throws Exception {
    rig.write("config", "BindAddress 127.0.0.77\n");
    try (ServerSocket door = door()) {
      List<Socket> come = new ArrayList<>();
      connector(List.of(behind(door)), () -> come.add(taken(door))).close();

      assertEquals("127.0.0.77", come.getFirst().getInetAddress().getHostAddress());
    }
  }

  @Test
  void tellNothingElseWhereTheyFail() throws Exception {
    Node refused = rig.node(0);
    nodes.stop(nodes.nodes().getFirst());
    Node unknown = Rig.node("no-such-host.invalid", 22);
    try (MinaConnector usual = rig.connector();
        MinaConnector early = connector(List.of(refused, unknown), () -> {})) {
      for (Node node : List.of(refused, unknown)) {
        assertEquals(failure(usual, node), failure(early, node));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ProxyJump elsewhere.invalid", "ProxyCommand false", "BindInterface eth0"})
  void nowhereButStraightAhead(String directive) throws Exception {
    rig.write("config", directive + "\n");
    try (ServerSocket door = door()) {
      connector(List.of(behind(door)), () -> {}).close();

      assertNobodyWaits(door);
    }
  }

  /** Who types it may take longer than a server waits. */
  @ParameterizedTest
  @ValueSource(strings = {"RFC4716", "PEM", "PKCS8"})
  void notWhileAPassphraseMayBeAskedFor(String format) throws Exception {
    Installed.assume("ssh-keygen", "openssh-client");
    Path key = root.resolve("key");
    Process keygen =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", "ecdsa", "-m", format, "-N", "secret", "-f", "" + key)
            .inheritIO()
            .start();
    assertEquals(0, keygen.waitFor());
    SshSettings settings = rig.settings().withIdentityFiles(List.of(key));
    try (ServerSocket door = door()) {
      connector(settings, List.of(behind(door)), () -> {}).close();

      assertNobodyWaits(door);
    }
  }

  @Test
  void endedWithTheNodeThatFailsBeforeItIsConnectedTo() throws Exception {
    SshSettings settings =
        rig.settings().withIdentityFiles(List.of(rig.home().resolve(".ssh/missing")));
    try (ServerSocket door = door()) {
      List<Socket> come = new ArrayList<>();
      try (MinaConnector connector =
          connector(settings, List.of(behind(door)), () -> come.add(taken(door)))) {
        assertInstanceOf(
            NodeFailure.AuthenticationRejected.class, failure(connector, behind(door)));

        assertEquals(-1, come.getFirst().getInputStream().read());
      }
    }
  }

  @Test
  void endedWhenNobodyTakesThemForLong() throws Exception {
    CountDownLatch come = new CountDownLatch(1);
    ManualTime time = new ManualTime(come::await);
    try (ServerSocket door = door();
        MinaConnector connector =
            new MinaConnector(rig.settings(), time, List.of(behind(door)), () -> {});
        Socket begun = taken(door)) {
      come.countDown();

      assertEquals(-1, begun.getInputStream().read());
      assertInstanceOf(NodeFailure.Unreachable.class, failure(connector, Rig.node(ADDRESS, 1)));
    }
  }

  @Test
  void endedWhenAKeyTurnsOutToBeBroken() throws Exception {
    rig.write("broken", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
    Path broken = rig.home().resolve(".ssh/broken");
    Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rw-------"));
    SshSettings settings = rig.settings().withIdentityFiles(List.of(broken));
    try (ServerSocket door = door()) {
      List<Socket> come = new ArrayList<>();
      try (MinaConnector connector =
          connector(settings, List.of(behind(door)), () -> come.add(taken(door)))) {
        assertThrows(SshKeyException.class, () -> connector.prepare(List.of(behind(door))));
      }

      assertEquals(-1, come.getFirst().getInputStream().read());
    }
  }
}
