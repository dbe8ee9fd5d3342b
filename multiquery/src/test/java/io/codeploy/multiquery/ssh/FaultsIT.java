package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.FaultySshServer;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.server.forward.TcpipServerChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do not behave, and places where there is none. */
class FaultsIT {
  private static final Duration SHORT = Duration.ofSeconds(3);

  @TempDir Path root;
  private EmbeddedSshNodes nodes;
  private Rig rig;
  private MinaConnector connector;

  @BeforeEach
  void start() throws Exception {
    nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1);
    rig = Rig.create(root, nodes);
    connector = rig.connector();
  }

  @AfterEach
  void stop() {
    connector.close();
    nodes.close();
  }

  private NodeFailure failure(Node node, Duration limit) {
    return assertThrows(NodeFailedException.class, () -> connector.connect(node, limit)).failure();
  }

  private static FaultySshServer faulty(FaultySshServer.Fault fault) throws Exception {
    return FaultySshServer.start("127.0.0.9", fault);
  }

  @Test
  void timesOutOnAServerThatNeverSpeaks() throws Exception {
    try (FaultySshServer silent = faulty(FaultySshServer.Fault.NEVER_SPEAKS)) {
      assertEquals(
          new NodeFailure.TimedOut("connect", SHORT),
          failure(Rig.node(silent.address(), silent.port()), SHORT));
    }
  }

  @Test
  void connectTimeoutOfSshConfigEndsAnAttemptOnAServerThatNeverSpeaks() throws Exception {
    rig.write("config", "ConnectTimeout 1\n");
    try (FaultySshServer silent = faulty(FaultySshServer.Fault.NEVER_SPEAKS);
        MinaConnector other = rig.connector()) {
      Node node = Rig.node(silent.address(), silent.port());

      NodeFailedException failed =
          assertThrows(NodeFailedException.class, () -> other.connect(node, Rig.LIMIT));

      assertEquals(new NodeFailure.TimedOut("connect", Duration.ofSeconds(1)), failed.failure());
    }
  }

  @Test
  void isNotHeldUpByServersThatNeverSpeak() throws Exception {
    try (FaultySshServer silent = faulty(FaultySshServer.Fault.NEVER_SPEAKS)) {
      List<FutureTask<Connection>> stuck = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Node node = Rig.node(silent.address(), silent.port());
        FutureTask<Connection> task = new FutureTask<>(() -> connector.connect(node, Rig.LIMIT));
        stuck.add(task);
        Thread.ofVirtual().start(task);
      }

      try (Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
        assertEquals("hello\n", Rig.run(connection, "echo hello").out());
      }
      assertTrue(stuck.stream().noneMatch(FutureTask::isDone));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultySshServer.Fault.class,
      names = {"CLOSES_DURING_BANNER", "RESETS", "SPEAKS_HTTP"})
  void isTurnedAwayByAServerThat(FaultySshServer.Fault fault) throws Exception {
    try (FaultySshServer server = faulty(fault)) {
      NodeFailure failure = failure(Rig.node(server.address(), server.port()), Rig.LIMIT);

      assertInstanceOf(NodeFailure.TurnedAway.class, failure, failure.message());
      assertTrue(failure.message().contains("127.0.0.9:" + server.port()), failure.message());
    }
  }

  /** The first time its words may be lost with the reset that follows them. */
  @Test
  void tellsInTheEndWhyAServerTurnsItAway() throws Exception {
    try (FaultySshServer server = faulty(FaultySshServer.Fault.TURNS_AWAY)) {
      Node node = Rig.node(server.address(), server.port());
      assertInstanceOf(NodeFailure.TurnedAway.class, failure(node, Rig.LIMIT));

      NodeFailure failure = failure(node, Rig.LIMIT);

      assertInstanceOf(NodeFailure.TurnedAway.class, failure, failure.message());
      assertTrue(
          failure.message().endsWith("; it said: Not allowed at this time"), failure.message());
    }
  }

  @Test
  void saysThatThePortIsRefused() throws Exception {
    Node node = rig.node(0);
    nodes.stop(nodes.nodes().getFirst());

    NodeFailure failure = failure(node, Rig.LIMIT);

    assertInstanceOf(NodeFailure.Unreachable.class, failure);
    assertTrue(failure.message().contains("refused"), failure.message());
  }

  @Test
  void saysThatTheHostIsUnknown() {
    NodeFailure failure = failure(Rig.node("no-such-host.invalid", 22), Rig.LIMIT);

    assertInstanceOf(NodeFailure.Unreachable.class, failure);
    assertTrue(failure.message().contains("unknown host"), failure.message());
    assertTrue(failure.message().contains("no-such-host.invalid"), failure.message());
  }

  @Test
  void propagatesInterruptionOfAConnect() throws Exception {
    try (FaultySshServer silent = faulty(FaultySshServer.Fault.NEVER_SPEAKS)) {
      Node node = Rig.node(silent.address(), silent.port());
      FutureTask<Connection> task = new FutureTask<>(() -> connector.connect(node, Rig.LIMIT));
      Thread thread = Thread.ofVirtual().start(task);

      thread.interrupt();

      ExecutionException thrown =
          assertThrows(ExecutionException.class, () -> task.get(60, TimeUnit.SECONDS));
      assertInstanceOf(InterruptedException.class, thrown.getCause());
    }
  }

  @Test
  void closingEndsCallsThatAreUnderWay() throws Exception {
    try (FaultySshServer silent = faulty(FaultySshServer.Fault.NEVER_SPEAKS)) {
      Node node = Rig.node(silent.address(), silent.port());
      FutureTask<Connection> task = new FutureTask<>(() -> connector.connect(node, Rig.LIMIT));
      Thread.ofVirtual().start(task);

      connector.close();

      ExecutionException thrown =
          assertThrows(ExecutionException.class, () -> task.get(60, TimeUnit.SECONDS));
      assertInstanceOf(NodeFailedException.class, thrown.getCause());
    }
  }

  @Test
  void refusesDirectivesThatLeadElsewhere() throws Exception {
    rig.write("config", "Host *\n  BindInterface eth0\n");
    try (MinaConnector other = rig.connector()) {
      NodeFailedException failed =
          assertThrows(NodeFailedException.class, () -> other.connect(rig.node(0), Rig.LIMIT));

      assertTrue(
          failed.failure().message().contains("config:2: bindinterface eth0"),
          failed.failure().message());
    }
  }

  @Test
  void saysWhyAJumpHostCouldNotConnect() throws Exception {
    SshNode jump = nodes.nodes().getFirst();
    String hop = jump.address() + ":" + jump.port();
    rig.write("config", "Host target\n  HostName 127.0.0.1\n  ProxyJump " + hop + "\n");
    int closed;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = probe.getLocalPort();
    }
    try (MinaConnector other = rig.connector()) {
      NodeFailure failure =
          assertThrows(
                  NodeFailedException.class,
                  () -> other.connect(Rig.node("target", closed), Rig.LIMIT))
              .failure();

      // Not TurnedAway, after which it would be tried again and again.
      assertInstanceOf(NodeFailure.Unreachable.class, failure);
      assertTrue(failure.message().contains("could not connect"), failure.message());
    }
  }

  /** Takes logins and leads nowhere, for want of room. */
  private static SshServer crowded() throws Exception {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(
        KeyPairProvider.wrap(KeyPairGenerator.getInstance("EC").generateKeyPair()));
    server.setPublickeyAuthenticator((user, key, session) -> true);
    server.setChannelFactories(
        List.of(
            new DirectTcpipFactory() {
              @Override
              public Channel createChannel(Session session) {
                return new TcpipServerChannel(getType(), null) {
                  @Override
                  protected OpenFuture doInit(Buffer buffer) {
                    OpenFuture refused = new DefaultOpenFuture(this, this);
                    refused.setException(
                        new SshChannelOpenException(
                            getChannelId(), SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, ""));
                    return refused;
                  }
                };
              }
            }));
    server.start();
    return server;
  }

  private NodeFailure failureBehind(String jumps) throws Exception {
    rig.write("config", "Host target\n  ProxyJump " + jumps + "\n");
    try (MinaConnector other = rig.connector()) {
      return assertThrows(
              NodeFailedException.class, () -> other.connect(Rig.node("target", 2), Rig.LIMIT))
          .failure();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",127.0.0.1:1"})
  void isTurnedAwayByAJumpHostWithoutRoom(String nextHop) throws Exception {
    try (SshServer jump = crowded()) {
      String hop = "127.0.0.1:" + jump.getPort();
      NodeFailure failure = failureBehind(hop + nextHop);

      assertInstanceOf(NodeFailure.TurnedAway.class, failure, failure.message());
      assertTrue(failure.message().contains("jump host " + hop + ": "), failure.message());
      assertTrue(failure.message().contains("no room for another"), failure.message());
    }
  }

  @Test
  void isTurnedAwayByAJumpHostThatTakesNobody() throws Exception {
    try (FaultySshServer jump = faulty(FaultySshServer.Fault.CLOSES_DURING_BANNER)) {
      String hop = jump.address() + ":" + jump.port();
      NodeFailure failure = failureBehind(hop);

      assertInstanceOf(NodeFailure.TurnedAway.class, failure, failure.message());
      assertTrue(failure.message().startsWith("jump host " + hop), failure.message());
    }
  }

  @Test
  void breaksALoopOfJumps() throws Exception {
    rig.write("config", "Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n");
    try (MinaConnector other = rig.connector()) {
      NodeFailedException failed =
          assertThrows(
              NodeFailedException.class, () -> other.connect(Rig.node("a", 22), Rig.LIMIT));

      assertTrue(failed.failure().message().contains("jump hosts"), failed.failure().message());
    }
  }
}
