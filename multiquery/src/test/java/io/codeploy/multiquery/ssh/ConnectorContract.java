package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.Forwarding;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.testing.Poll;
import io.codeploy.multiquery.warm.KeptConnections;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every node must give through every connector, whoever wrote its server. */
abstract class ConnectorContract {
  private static final int MIB = 1 << 20;

  @TempDir Path root;

  /** Starts nodes of the kind under test. */
  abstract SshNodes start(SshNodesSettings settings) throws IOException;

  /** What is under test. */
  Connector connector(Rig rig) throws IOException {
    return rig.connector();
  }

  /** Whether a command that a signal ended is told from others. */
  boolean tellsSignals() {
    return true;
  }

  /** Whether the servers pass the {@code signal} request on to commands. */
  abstract boolean deliversSignals(Rig rig);

  private interface Body {
    void with(Rig rig, Connection connection) throws Exception;
  }

  private void connected(Body body) throws Exception {
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 1))) {
      Rig rig = Rig.create(root, nodes);
      try (Connector connector = connector(rig);
          Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
        body.with(rig, connection);
      }
    }
  }

  @Test
  void tellsOutputErrorAndExitCodeApart() throws Exception {
    connected(
        (rig, connection) ->
            assertEquals(
                new Rig.Said(new ExitStatus.Exited(7), "out\n", "err\n"),
                Rig.run(connection, "echo out; echo err >&2; exit 7")));
  }

  @Test
  void tellsThatASignalEndedTheCommand() throws Exception {
    connected(
        (rig, connection) -> {
          ExitStatus status = Rig.run(connection, "kill -KILL $$").status();

          assertFalse(status.success());
          assertTrue(
              !tellsSignals()
                  || status.equals(new ExitStatus.Signalled("KILL"))
                  || status.equals(new ExitStatus.Exited(137)),
              status.toString());
        });
  }

  @Test
  void runsManyCommandsOnOneConnectionAtOnce() throws Exception {
    connected(
        (rig, connection) -> {
          var tasks = new java.util.ArrayList<FutureTask<String>>();
          for (int i = 0; i < 8; i++) {
            String word = "word" + i;
            FutureTask<String> task =
                new FutureTask<>(() -> Rig.run(connection, "echo " + word).out());
            tasks.add(task);
            Thread.ofVirtual().start(task);
          }
          for (int i = 0; i < 8; i++) {
            assertEquals("word" + i + "\n", tasks.get(i).get(60, TimeUnit.SECONDS));
          }
        });
  }

  @Test
  void carriesSixtyFourMebibytesBothWaysUnchanged() throws Exception {
    connected(
        (rig, connection) -> {
          long length = 64L * MIB;
          Patterned.Check out = new Patterned.Check(length);
          ByteArrayOutputStream err = new ByteArrayOutputStream();

          ExitStatus status = connection.execute("cat", new Patterned(length), out, err, Rig.LIMIT);

          assertEquals(new ExitStatus.Exited(0), status);
          assertEquals("equal, " + length, out.result());
          assertEquals(0, err.size());
        });
  }

  @Test
  void doesNotMindACommandThatReadsNothing() throws Exception {
    connected(
        (rig, connection) -> {
          ExitStatus status =
              connection.execute(
                  "exit 3",
                  new Patterned(64L * MIB),
                  OutputStream.nullOutputStream(),
                  OutputStream.nullOutputStream(),
                  Rig.LIMIT);

          assertEquals(new ExitStatus.Exited(3), status);
        });
  }

  @Test
  void lendsASlowSinkNoThreadOfOthers() throws Exception {
    connected(
        (rig, connection) -> {
          CountDownLatch mayGoOn = new CountDownLatch(1);
          OutputStream slow = new Blocking(mayGoOn);
          FutureTask<ExitStatus> stalled =
              new FutureTask<>(
                  () ->
                      connection.execute(
                          "head -c 16777216 /dev/zero",
                          InputStream.nullInputStream(),
                          slow,
                          OutputStream.nullOutputStream(),
                          Rig.LIMIT));
          Thread.ofVirtual().start(stalled);
          // More commands than there are I/O threads, on the same connection.
          for (int i = 0; i < 6; i++) {
            assertEquals("still here\n", Rig.run(connection, "echo still here").out());
          }
          assertFalse(stalled.isDone());
          mayGoOn.countDown();

          assertEquals(new ExitStatus.Exited(0), stalled.get(60, TimeUnit.SECONDS));
        });
  }

  private static final class Blocking extends OutputStream {
    private final CountDownLatch gate;

    Blocking(CountDownLatch gate) {
      this.gate = gate;
    }

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void terminatesACommandAtItsLimit() throws Exception {
    connected(
        (rig, connection) -> {
          String command = "trap 'echo got it > trapped; exit 1' TERM; sleep 20 & wait";
          Duration limit = Duration.ofMillis(700);

          NodeFailedException failed =
              assertThrows(
                  NodeFailedException.class,
                  () ->
                      connection.execute(
                          command,
                          InputStream.nullInputStream(),
                          OutputStream.nullOutputStream(),
                          OutputStream.nullOutputStream(),
                          limit));

          assertEquals(new NodeFailure.TimedOut("command", limit), failed.failure());
          if (deliversSignals(rig)) {
            Path trapped = rig.nodes().nodes().getFirst().home().resolve("trapped");
            assertTrue(appears(trapped), "the command did not get TERM");
          }
          assertEquals("alive\n", Rig.run(connection, "echo alive").out());
        });
  }

  private static boolean appears(Path file) throws InterruptedException {
    for (int i = 0; i < 1000 && !Files.exists(file); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return Files.exists(file);
  }

  @Test
  void propagatesInterruptionAndKeepsTheConnection() throws Exception {
    connected(
        (rig, connection) -> {
          CountDownLatch running = new CountDownLatch(1);
          FutureTask<ExitStatus> command =
              new FutureTask<>(
                  () ->
                      connection.execute(
                          "echo on; exec sleep 20",
                          InputStream.nullInputStream(),
                          new OnFirstByte(running),
                          OutputStream.nullOutputStream(),
                          Duration.ZERO));
          Thread thread = Thread.ofVirtual().start(command);
          assertTrue(running.await(60, TimeUnit.SECONDS));

          thread.interrupt();

          ExecutionException thrown =
              assertThrows(ExecutionException.class, () -> command.get(60, TimeUnit.SECONDS));
          assertInstanceOf(InterruptedException.class, thrown.getCause());
          assertEquals("alive\n", Rig.run(connection, "echo alive").out());
        });
  }

  private static final class OnFirstByte extends OutputStream {
    private final CountDownLatch latch;

    OnFirstByte(CountDownLatch latch) {
      this.latch = latch;
    }

    @Override
    public void write(int b) {
      latch.countDown();
    }
  }

  @Test
  void stopsTheCommandWhenItsInputCannotBeRead() throws Exception {
    connected(
        (rig, connection) -> {
          InputStream broken = new Broken();

          NodeFailedException failed =
              assertThrows(
                  NodeFailedException.class,
                  () ->
                      connection.execute(
                          "cat > copy && mv copy whole",
                          broken,
                          OutputStream.nullOutputStream(),
                          OutputStream.nullOutputStream(),
                          Rig.LIMIT));

          assertTrue(
              failed.failure().message().contains("disk on fire"), failed.failure().message());
        });
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("disk on fire");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  @Test
  void throwsWhatIsABugInTheStreamsItWasGiven() throws Exception {
    connected(
        (rig, connection) -> {
          Error bug = new AssertionError("a bug");

          IllegalStateException input =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      connection.execute(
                          "cat > copy && mv copy whole",
                          new Buggy(bug),
                          OutputStream.nullOutputStream(),
                          OutputStream.nullOutputStream(),
                          Rig.LIMIT));
          IllegalStateException sink =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      connection.execute(
                          "echo on; exec sleep 20",
                          InputStream.nullInputStream(),
                          new BuggySink(bug),
                          OutputStream.nullOutputStream(),
                          Rig.LIMIT));

          assertSame(bug, input.getCause());
          assertSame(bug, sink.getCause());
        });
  }

  private static final class Buggy extends InputStream {
    private final Error bug;

    Buggy(Error bug) {
      this.bug = bug;
    }

    @Override
    public int read() {
      throw bug;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      throw bug;
    }
  }

  private static final class BuggySink extends OutputStream {
    private final Error bug;

    BuggySink(Error bug) {
      this.bug = bug;
    }

    @Override
    public void write(int b) {
      throw bug;
    }
  }

  @Test
  void opensACommandAsATwoWayStream() throws Exception {
    connected(
        (rig, connection) -> {
          try (ByteStream cat = connection.open("cat", Rig.LIMIT)) {
            cat.out().write("ping\n".getBytes(StandardCharsets.UTF_8));
            cat.out().flush();
            assertEquals("ping\n", new String(cat.in().readNBytes(5), StandardCharsets.UTF_8));
            cat.out().close();
            assertEquals(-1, cat.in().read());
          }
        });
  }

  @Test
  void tellsALostConnectionFromTheEndOfAStream() throws Exception {
    connected(
        (rig, connection) -> {
          try (ByteStream cat = connection.open("cat", Rig.LIMIT)) {
            rig.nodes().stop(rig.nodes().nodes().getFirst());

            NodeFailedException failed =
                assertThrows(NodeFailedException.class, () -> cat.in().read());

            assertInstanceOf(NodeFailure.Disconnected.class, failed.failure());
          }
        });
  }

  @Test
  void reportsALostConnectionWhileACommandRuns() throws Exception {
    connected(
        (rig, connection) -> {
          CountDownLatch running = new CountDownLatch(1);
          FutureTask<ExitStatus> command =
              new FutureTask<>(
                  () ->
                      connection.execute(
                          "echo on; exec sleep 20",
                          InputStream.nullInputStream(),
                          new OnFirstByte(running),
                          OutputStream.nullOutputStream(),
                          Rig.LIMIT));
          Thread.ofVirtual().start(command);
          assertTrue(running.await(60, TimeUnit.SECONDS));

          rig.nodes().stop(rig.nodes().nodes().getFirst());

          ExecutionException thrown =
              assertThrows(ExecutionException.class, () -> command.get(60, TimeUnit.SECONDS));
          NodeFailedException failed =
              assertInstanceOf(NodeFailedException.class, thrown.getCause());
          assertInstanceOf(NodeFailure.Disconnected.class, failed.failure());
        });
  }

  @Test
  void knowsWhetherItIsOpen() throws Exception {
    connected(
        (rig, connection) -> {
          assertTrue(connection.isOpen());
          assertTrue(connection.answers(Rig.LIMIT));

          rig.nodes().stop(rig.nodes().nodes().getFirst());

          Poll.until("the loss is known", () -> !connection.isOpen());
          assertFalse(connection.answers(Rig.LIMIT));
        });
  }

  @Test
  void isKeptAndReplacedWhenTheServerDropsIt() throws Exception {
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 1))) {
      Rig rig = Rig.create(root, nodes);
      try (KeptConnections kept = new KeptConnections(connector(rig), 9, TimeSource.system())) {
        String first = peer(kept, rig);
        assertEquals(first, peer(kept, rig), "the connection was not kept");

        nodes.stop(nodes.nodes().getFirst());
        nodes.start(nodes.nodes().getFirst());

        Poll.until("a new connection takes its place", () -> isReplaced(first, kept, rig));
      }
    }
  }

  /** Until the loss is known, it is used, and fails. */
  private static boolean isReplaced(String first, Connector kept, Rig rig) throws Exception {
    try {
      return !first.equals(peer(kept, rig));
    } catch (NodeFailedException e) {
      return false;
    }
  }

  /** What the server takes for this end of the connection. */
  private static String peer(Connector connector, Rig rig) throws Exception {
    try (Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
      return Rig.run(connection, "echo $SSH_CONNECTION").out();
    }
  }

  @Test
  void opensTcpFromTheNode() throws Exception {
    connected(
        (rig, connection) -> {
          try (ServerSocket listener = listener()) {
            try (ByteStream stream =
                connection.openTcp("127.0.0.1", listener.getLocalPort(), Rig.LIMIT)) {
              echoOnce(listener);
              stream.out().write(new byte[] {0, 1, (byte) 255});
              stream.out().flush();
              assertEquals(0, stream.in().read());
              assertEquals(1, stream.in().read());
              assertEquals(255, stream.in().read());
              stream.out().close();
              assertEquals(-1, stream.in().read());
            }
          }
        });
  }

  @Test
  void seesThatAPortOfTheNodeHasClosed() throws Exception {
    connected(
        (rig, connection) -> {
          try (ServerSocket listener = listener();
              ByteStream stream =
                  connection.openTcp("127.0.0.1", listener.getLocalPort(), Rig.LIMIT)) {
            try (Socket accepted = listener.accept()) {
              accepted.getOutputStream().write(7);
            }
            assertEquals(7, stream.in().read());
            assertEquals(-1, stream.in().read());
          }
        });
  }

  @Test
  void tellsThatTheNodeCouldNotConnect() throws Exception {
    connected(
        (rig, connection) -> {
          int port = freePort();

          NodeFailedException failed =
              assertThrows(
                  NodeFailedException.class,
                  () -> connection.openTcp("127.0.0.1", port, Rig.LIMIT));

          assertInstanceOf(NodeFailure.RemoteFailure.class, failed.failure());
        });
  }

  @Test
  void forwardsFromTheNode() throws Exception {
    connected(
        (rig, connection) -> {
          try (ServerSocket listener = listener()) {
            int port =
                connection.forwardFromNode(
                    new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), listener.getLocalPort()),
                    Rig.LIMIT);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
              echoOnce(listener);
              socket.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));

              assertEquals(
                  "ping",
                  new String(socket.getInputStream().readNBytes(4), StandardCharsets.UTF_8));
            }
          }
        });
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = listener()) {
      return probe.getLocalPort();
    }
  }

  private static void echoOnce(ServerSocket listener) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = listener.accept()) {
                socket.getInputStream().transferTo(socket.getOutputStream());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  @Test
  void saysThatForwardingIsProhibited() throws Exception {
    SshNodesSettings settings =
        SshNodesSettings.of(root.resolve("nodes"), 1).withForwarding(Forwarding.PROHIBITED);
    try (SshNodes nodes = start(settings)) {
      Rig rig = Rig.create(root, nodes);
      try (Connector connector = connector(rig);
          Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
        NodeFailedException out =
            assertThrows(
                NodeFailedException.class, () -> connection.openTcp("127.0.0.1", 1, Rig.LIMIT));
        NodeFailedException in =
            assertThrows(
                NodeFailedException.class,
                () ->
                    connection.forwardFromNode(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), Rig.LIMIT));

        assertInstanceOf(NodeFailure.RemoteFailure.class, out.failure());
        assertTrue(
            out.failure().message().contains("administratively prohibited"),
            out.failure().message());
        assertTrue(
            in.failure().message().contains("administratively prohibited"), in.failure().message());
      }
    }
  }

  @Test
  void servesFilesRelativeToTheLoginDirectory() throws Exception {
    connected(
        (rig, connection) -> {
          byte[] content = new Patterned(3L * MIB).readAllBytes();
          try (RemoteFiles files = connection.files(Rig.LIMIT)) {
            Path absolute = files.fileSystem().getPath(root.resolve("nodes/über.bin").toString());
            Files.copy(new ByteArrayInputStream(content), absolute);

            assertTrue(java.util.Arrays.equals(content, Files.readAllBytes(absolute)));
          }
          assertTrue(Files.exists(root.resolve("nodes/über.bin")));
        });
  }

  @Test
  void tellsItsOwnAddress() throws Exception {
    connected(
        (rig, connection) -> {
          String seen = Rig.run(connection, "echo $SSH_CONNECTION").out();

          InetSocketAddress own = connection.localAddress();
          assertTrue(
              seen.startsWith(own.getAddress().getHostAddress() + " " + own.getPort() + " "),
              seen + " against " + own);
        });
  }

  @Test
  void reachesANodeThroughAnother() throws Exception {
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 3))) {
      Rig rig = Rig.create(root, nodes);
      String jumps =
          nodes.nodes().get(1).address()
              + ":"
              + nodes.nodes().get(1).port()
              + ","
              + nodes.nodes().get(2).address()
              + ":"
              + nodes.nodes().get(2).port();
      rig.write("config", "Host target\n  HostName 127.0.0.1\n  ProxyJump " + jumps + "\n");
      try (Connector connector = connector(rig)) {
        for (int i = 0; i < 3; i++) {
          try (Connection connection =
              connector.connect(Rig.node("target", nodes.nodes().getFirst().port()), Rig.LIMIT)) {
            String seen = Rig.run(connection, "echo $SSH_CONNECTION").out();
            assertTrue(seen.contains(" 127.0.0.1 "), seen);
          }
        }
      }
    }
  }

  @Test
  void judgesTheKeyOfAJumpHostToo() throws Exception {
    try (SshNodes nodes = start(SshNodesSettings.of(root.resolve("nodes"), 2))) {
      Rig rig = Rig.create(root, nodes);
      rig.write("known_hosts", nodes.nodes().getFirst().knownHostsLine() + "\n");
      rig.write(
          "config",
          "StrictHostKeyChecking yes\nHost "
              + nodes.nodes().getFirst().address()
              + "\n  ProxyJump "
              + nodes.nodes().get(1).address()
              + ":"
              + nodes.nodes().get(1).port()
              + "\n");
      try (Connector connector = connector(rig)) {
        NodeFailedException failed =
            assertThrows(
                NodeFailedException.class, () -> connector.connect(rig.node(0), Rig.LIMIT));

        assertTrue(
            failed.failure().message().contains(nodes.nodes().get(1).address()),
            failed.failure().message());
        assertTrue(failed.failure().message().contains("is not known"), failed.failure().message());
      }
    }
  }

  @Test
  void leavesNoThreadAndNoSession() throws Exception {
    connected((rig, connection) -> Rig.run(connection, "true"));

    for (int i = 0; i < 1000 && !ownThreads().isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertEquals(List.of(), ownThreads());
  }

  private static List<String> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("ssh-"))
        .toList();
  }
}
