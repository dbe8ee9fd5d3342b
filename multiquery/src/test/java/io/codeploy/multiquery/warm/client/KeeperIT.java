package io.codeploy.multiquery.warm.client;

import static io.codeploy.multiquery.testing.ScriptedConnector.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.socket.LocalSocket;
import io.codeploy.multiquery.socket.SocketWatch;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.Poll;
import io.codeploy.multiquery.testing.ScriptedConnector;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Hello;
import io.codeploy.multiquery.warm.wire.Place;
import io.codeploy.multiquery.warm.wire.Wire;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeper and client over a real socket, with scripted nodes. */
class KeeperIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path root;
  private final ScriptedConnector nodes = new ScriptedConnector();
  private final Sitting person = new Sitting();
  private HeldKeeper keeper;

  /** Somebody who answers and remembers. */
  private static final class Sitting implements Person {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public Optional<char[]> secret(String question) {
      heard.add(question);
      return Optional.of("sesame".toCharArray());
    }

    @Override
    public void tell(String notice) {
      heard.add(notice);
    }
  }

  @BeforeEach
  void startKeeper() throws IOException {
    nodes.with("a", ScriptedConnector.says("out\n", "err\n", 3));
    nodes.with("b", ScriptedConnector.says("b\n", "", 0));
    keeper = new HeldKeeper(root.resolve("run"), (wishes, somebody) -> nodes);
  }

  @AfterEach
  void endKeeper() {
    keeper.close();
  }

  private static String run(Connector connector, String node) throws Exception {
    try (Connection connection = connector.connect(node(node), LIMIT)) {
      return run(connection);
    }
  }

  private static String run(Connection connection) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status = connection.execute("say", InputStream.nullInputStream(), out, err, LIMIT);
    return status + out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  private long connects() {
    return nodes.calls().stream().filter(call -> call.what().equals("connect")).count();
  }

  private void awaitKept(int count) {
    Poll.until("the session is at rest", () -> keeper.keepers().list().sessions().size() == count);
  }

  @Test
  void keepsASessionForTheNextVisit() throws Exception {
    try (Connector first = keeper.visit()) {
      assertEquals("Exited[code=3]out\nerr\n", run(first, "a"));
    }
    awaitKept(1);
    try (Connector second = keeper.visit()) {
      assertEquals("Exited[code=3]out\nerr\n", run(second, "a"));
    }

    assertEquals(1, connects());
  }

  @Test
  void servesTwoClientsAtOnce() throws Exception {
    try (Connector first = keeper.visit();
        Connector second = keeper.visit();
        Connection one = first.connect(node("a"), LIMIT);
        Connection other = second.connect(node("a"), LIMIT)) {
      assertEquals("Exited[code=3]out\nerr\n", run(one));
      assertEquals("Exited[code=3]out\nerr\n", run(other));
      assertEquals("Exited[code=3]out\nerr\n", run(one));
    }
    assertEquals(2, connects());
  }

  @Test
  void replacesASessionThatTheServerDropped() throws Exception {
    try (Connector first = keeper.visit()) {
      run(first, "a");
    }
    awaitKept(1);
    nodes.hangUp("a");
    try (Connector second = keeper.visit()) {
      assertEquals("Exited[code=3]out\nerr\n", run(second, "a"));
    }

    assertEquals(2, connects());
  }

  @Test
  void tellsHowANodeFailed() throws Exception {
    NodeFailure refused = new NodeFailure.AuthenticationRejected("no key");
    NodeFailure broke = new NodeFailure.TimedOut("command", Duration.ofMillis(7));
    nodes.with("a", ScriptedConnector.refuses(refused));
    nodes.with("b", ScriptedConnector.fails("so far", broke));
    try (Connector connector = keeper.visit()) {
      assertEquals(
          refused, assertThrows(NodeFailedException.class, () -> run(connector, "a")).failure());
      assertEquals(
          broke, assertThrows(NodeFailedException.class, () -> run(connector, "b")).failure());
    }
    assertEquals(List.of(), keeper.keepers().list().sessions());
  }

  @Test
  void listsWhatItKeepsAndEndsWhenAsked() throws Exception {
    try (Connector connector = keeper.visit()) {
      run(connector, "a");
      run(connector, "b");
    }
    awaitKept(2);
    assertEquals(
        List.of("a", "b"),
        keeper.keepers().list().sessions().stream()
            .map(Keepers.KeptSession::host)
            .sorted()
            .toList());

    keeper.keepers().quit();

    Poll.until("the keeper ends", () -> !keeper.isAlive());
    assertEquals(0, nodes.open());
    assertFalse(Files.exists(keeper.socket()));
  }

  @Test
  void tellsOfAKeeperThatDoesNotAnswer() throws Exception {
    Place place = Place.in(root.resolve("silent"), System.getProperty("user.name"));
    Path stopped = place.socket("0123456789abcdef");
    try (ServerSocketChannel nobody = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      nobody.bind(UnixDomainSocketAddress.of(stopped));
      place.protect(stopped);
      Keepers keepers = new Keepers(place, new ManualTime());

      assertEquals(List.of(stopped), keepers.list().silent());
      assertEquals(List.of(stopped), keepers.quit());
    }
  }

  @Test
  void endsACommandWhoseClientIsGone() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    nodes.with(
        "a",
        (out, err, limit) -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            ended.countDown();
          }
          return new ExitStatus.Exited(0);
        });
    Connector connector = keeper.visit();
    FutureTask<String> command = new FutureTask<>(() -> run(connector, "a"));
    Thread.ofVirtual().start(command);
    running.await();

    connector.close();

    ended.await();
    Poll.until("the connection is closed", () -> nodes.open() == 0);
    assertThrows(ExecutionException.class, command::get);
  }

  @Test
  void doesNotKeepAConnectionOverWhichACommandWasLeft() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    nodes.with(
        "a",
        (out, err, limit) -> {
          running.countDown();
          new CountDownLatch(1).await();
          return new ExitStatus.Exited(0);
        });
    try (Connector connector = keeper.visit()) {
      FutureTask<String> command = new FutureTask<>(() -> run(connector, "a"));
      Thread client = Thread.ofVirtual().start(command);
      running.await();

      client.interrupt();

      var thrown = assertThrows(ExecutionException.class, command::get);
      assertInstanceOf(InterruptedException.class, thrown.getCause());
      Poll.until("the connection is closed", () -> nodes.open() == 0);
    }
  }

  @Test
  void connectsByItselfWhenTheKeeperDies() throws Exception {
    ScriptedConnector cold = new ScriptedConnector();
    cold.with("b", ScriptedConnector.says("cold\n", "", 0));
    CountDownLatch running = new CountDownLatch(1);
    nodes.with(
        "a",
        (out, err, limit) -> {
          running.countDown();
          new CountDownLatch(1).await();
          return new ExitStatus.Exited(0);
        });
    try (Connector connector = keeper.visit(person, () -> cold)) {
      FutureTask<String> command = new FutureTask<>(() -> run(connector, "a"));
      Thread.ofVirtual().start(command);
      running.await();

      keeper.close();

      var thrown = assertThrows(ExecutionException.class, command::get);
      assertInstanceOf(NodeFailedException.class, thrown.getCause());
      connector.prepare(List.of(node("b")));
      assertEquals("Exited[code=0]cold\n", run(connector, "b"));
      assertEquals("Exited[code=0]cold\n", run(connector, "b"));
    }
    assertEquals(1, person.heard.size(), person.heard::toString);
    assertTrue(person.heard.getFirst().startsWith("connecting without kept sessions: "));
    assertTrue(cold.isClosed());
  }

  @Test
  void asksThePersonAtTheClient() throws Exception {
    keeper.close();
    List<String> answers = new CopyOnWriteArrayList<>();
    try (HeldKeeper asking =
            new HeldKeeper(
                root.resolve("asking"), (wishes, somebody) -> new Asking(somebody, answers));
        Connector connector = asking.visit(person, () -> nodes)) {
      connector.prepare(List.of(node("a")));

      IOException problem =
          assertThrows(IOException.class, () -> connector.prepare(List.of(node("b"))));
      assertEquals("no key for b", problem.getMessage());
    }
    assertEquals(List.of("sesame"), answers);
    assertEquals(List.of("Passphrase for a?", "by the way"), person.heard);
  }

  /** Whoever types a passphrase that is not shown until interrupted. */
  private record Typing(CountDownLatch asked, AtomicBoolean echoes) implements Person {
    @Override
    public Optional<char[]> secret(String question) {
      echoes.set(false);
      asked.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        echoes.set(true);
      }
      return Optional.empty();
    }

    @Override
    public void tell(String notice) {}
  }

  @Test
  void takesAQuestionBackBeforeAnInterruptedRunEnds() throws Exception {
    keeper.close();
    Typing typing = new Typing(new CountDownLatch(1), new AtomicBoolean());
    try (HeldKeeper asking =
        new HeldKeeper(
            root.resolve("asking"), (wishes, somebody) -> new Asking(somebody, List.of()))) {
      FutureTask<Boolean> run =
          new FutureTask<>(
              () -> {
                try (Connector connector = asking.visit(typing, () -> nodes)) {
                  assertThrows(IOException.class, () -> connector.prepare(List.of(node("a"))));
                }
                return typing.echoes().get();
              });
      Thread client = Thread.ofPlatform().start(run);
      typing.asked().await();

      client.interrupt();

      assertTrue(run.get());
    }
  }

  @Test
  void takesAQuestionBackWhenTheKeeperDies() throws Exception {
    keeper.close();
    Typing typing = new Typing(new CountDownLatch(1), new AtomicBoolean());
    try (HeldKeeper asking =
            new HeldKeeper(
                root.resolve("asking"), (wishes, somebody) -> new Asking(somebody, List.of()));
        Connector connector = asking.visit(typing, () -> nodes)) {
      FutureTask<Boolean> prepared =
          new FutureTask<>(
              () -> {
                connector.prepare(List.of(node("a")));
                return true;
              });
      Thread.ofPlatform().start(prepared);
      typing.asked().await();

      asking.close();

      assertTrue(prepared.get());
      Poll.until("what is typed is shown again", () -> typing.echoes().get());
    }
  }

  private record Asking(Person person, List<String> answers) implements Connector {
    @Override
    public void prepare(List<Node> nodes) throws IOException {
      String name = nodes.getFirst().name();
      if (name.equals("b")) {
        throw new IOException("no key for b");
      }
      person
          .secret("Passphrase for " + name + "?")
          .ifPresent(answer -> answers.add(String.valueOf(answer)));
      person.tell("by the way");
    }

    @Override
    public Connection connect(Node node, Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Test
  void isNotShakenByGarbage() throws Exception {
    for (String garbage : List.of("GET / HTTP/1.1\r\n\r\n", "\1\177\177\177\177", "\7", "")) {
      try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(keeper.socket()))) {
        raw.write(ByteBuffer.wrap(garbage.getBytes(StandardCharsets.ISO_8859_1)));
        raw.shutdownOutput();
        ByteBuffer rest = ByteBuffer.allocate(1 << 10);
        while (raw.read(rest) >= 0) {
          rest.clear();
        }
      }
    }
    try (Connector connector = keeper.visit()) {
      assertEquals("Exited[code=3]out\nerr\n", run(connector, "a"));
    }
  }

  @Test
  void refusesWhatIsOutOfTurn() throws Exception {
    try (SocketWatch watch = SocketWatch.start();
        Wire wire = new Wire(LocalSocket.connect(keeper.socket(), watch))) {
      wire.send(Hello.frame(), Frame.of(FrameType.END));

      assertEquals(FrameType.WELCOME, wire.next().type());
      assertEquals("an unexpected END", wire.expect(FrameType.REFUSED).text());
      assertEquals(Optional.empty(), wire.receive());
    }
  }

  @Test
  void hasAPrivateDirectoryAndSocket() throws Exception {
    assertEquals("rwx------", mode(root.resolve("run")));
    assertEquals("rw-------", mode(keeper.socket()));
    assertEquals("rw-------", mode(keeper.place().lock()));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void refusesADirectoryThatIsNotPrivate() throws Exception {
    Path open = Files.createDirectory(root.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("run"));

    assertEquals(
        open + " is not private; mend that with chmod 700",
        assertThrows(IOException.class, () -> place(open)).getMessage());
    assertThrows(IOException.class, () -> place(link));
  }

  @Test
  void refusesADirectoryThatIsTooLongForASocket() {
    Path deep = root.resolve("d".repeat(100));

    IOException refused = assertThrows(IOException.class, () -> place(deep));

    assertEquals(
        deep + " is too long for the path of a socket; set XDG_RUNTIME_DIR to a shorter one",
        refused.getMessage());
  }

  private static Place place(Path directory) throws IOException {
    return Place.in(directory, System.getProperty("user.name"));
  }

  @Test
  void refusesWhatBelongsToSomebodyElse() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
    var nobody =
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Path foreign = root.resolve("foreign");
    place(foreign);
    Files.setOwner(foreign, nobody);
    assertThrows(IOException.class, () -> place(foreign));

    Files.setOwner(keeper.socket(), nobody);
    IOException refused = assertThrows(IOException.class, () -> keeper.visit());
    assertEquals(keeper.socket() + " is not a socket of this user", refused.getMessage());
  }

  @Test
  void refusesASocketThatOthersMayUse() throws Exception {
    Files.setPosixFilePermissions(keeper.socket(), PosixFilePermissions.fromString("rw-rw----"));

    IOException refused = assertThrows(IOException.class, () -> keeper.visit());
    assertEquals(keeper.socket() + " is not private", refused.getMessage());
  }

  @Test
  void doesNotBelieveWhoeverAnswersWithGarbage() throws Exception {
    keeper.close();
    try (ServerSocketChannel impostor = impostor(keeper.place(), "HTTP/1.1 400 no\r\n\r\n")) {
      assertTrue(impostor.isOpen());
      assertThrows(IOException.class, () -> keeper.visit());
    }
  }

  @Test
  void doesNotWaitForWhoeverNeverAnswers() throws Exception {
    keeper.close();
    try (ServerSocketChannel silent = impostor(keeper.place(), "")) {
      assertTrue(silent.isOpen());
      // Its time runs out at once.
      Keepers keepers = new Keepers(keeper.place(), new ManualTime());
      IOException failed =
          assertThrows(
              IOException.class,
              () ->
                  keepers.visit(
                      new Keepers.Wanted(
                          keeper.socket().getFileName().toString(),
                          new Wishes(Optional.empty(), Optional.empty(), LIMIT)),
                      new Keepers.Start(List.of("/bin/false"), root),
                      person,
                      () -> nodes));
      assertEquals("the keeper of sessions does not answer", failed.getMessage());
    }
  }

  @Test
  void doesNotWaitForWhoeverOnlyGreets() throws Exception {
    keeper.close();
    String welcome = "\u0002\0\0\0\0";
    Duration hello = Duration.ofMillis(500);
    try (ServerSocketChannel silent = impostor(keeper.place(), welcome);
        SocketWatch watch = SocketWatch.start()) {
      assertTrue(silent.isOpen());
      Door door = new Door(keeper.place(), keeper.socket(), watch, hello, TimeSource.system());
      Wishes wishes = new Wishes(Optional.empty(), Optional.empty(), LIMIT);
      IOException failed =
          assertThrows(IOException.class, () -> ClientVisit.begin(door, wishes, person));
      assertEquals("the keeper of sessions does not answer", failed.getMessage());
    }
  }

  private ServerSocketChannel impostor(Place place, String answer) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(keeper.socket()));
    place.protect(keeper.socket());
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                SocketChannel channel = server.accept();
                channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
              } catch (IOException e) {
                // The test is over.
              }
            });
    return server;
  }

  @Test
  void saysThatAKeeperDidNotStart() {
    keeper.close();

    IOException failed = assertThrows(IOException.class, () -> keeper.visit());
    assertEquals(
        "the keeper of sessions did not start; is this a whole installation?", failed.getMessage());
  }

  @Test
  void endsWhenItsSocketIsGone() throws Exception {
    Files.delete(keeper.socket());

    Poll.until("the keeper ends", () -> !keeper.isAlive());
  }

  @Test
  void leavesTheSocketOfAnotherAlone() throws Exception {
    Files.delete(keeper.socket());
    Files.createFile(keeper.socket());

    Poll.until("the keeper ends", () -> !keeper.isAlive());
    assertTrue(Files.exists(keeper.socket()));
  }

  @Test
  void takesThePlaceOfADeadKeeper() throws Exception {
    keeper.close();
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(keeper.socket()));
    }
    keeper.place().protect(keeper.socket());
    try (HeldKeeper next = new HeldKeeper(root.resolve("run"), (wishes, somebody) -> nodes)) {
      Poll.until("the next answers", () -> answers(next));
    }
  }

  private static boolean answers(HeldKeeper keeper) throws Exception {
    try (Connector connector = keeper.visit()) {
      return run(connector, "b").contains("b");
    } catch (IOException e) {
      return false;
    }
  }
}
