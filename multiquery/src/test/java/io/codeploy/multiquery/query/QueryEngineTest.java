package io.codeploy.multiquery.query;

import static io.codeploy.multiquery.testing.ScriptedConnector.fails;
import static io.codeploy.multiquery.testing.ScriptedConnector.node;
import static io.codeploy.multiquery.testing.ScriptedConnector.refuses;
import static io.codeploy.multiquery.testing.ScriptedConnector.says;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.Poll;
import io.codeploy.multiquery.testing.ScriptedConnector;
import io.codeploy.multiquery.testing.ScriptedConnector.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryEngineTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir Path directory;

  private final ManualTime time = new ManualTime();
  private final ScriptedConnector connector = new ScriptedConnector();
  private final Map<String, String> stdouts = new ConcurrentHashMap<>();

  private List<NodeOutcome<ExitStatus>> run(Duration limit, int window, String... names) {
    List<Node> nodes = Stream.of(names).map(ScriptedConnector::node).toList();
    QueryRequest request =
        new QueryRequest(nodes, "a command", Pace.window(window), Limits.whole(limit));
    return new QueryEngine(connector, time, directory).run(request, this::keep);
  }

  private NodeFailure failure(Duration limit, String name) {
    return assertInstanceOf(NodeOutcome.Failed.class, run(limit, 1, name).getFirst()).failure();
  }

  private void keep(NodeAnswer answer) {
    try (answer) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      answer.stdout().copyTo(bytes);
      stdouts.put(answer.node().name(), bytes.toString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void returnsOneOutcomePerNodeInTheOrderOfTheNodes() {
    NodeFailure gone = new NodeFailure.Disconnected("gone");
    NodeFailure refused = new NodeFailure.Unreachable("refused");
    connector
        .with("b", says("b\n", "", 0))
        .with("a", says("", "", 7))
        .with("d", fails("half", gone))
        .with("c", refuses(refused));

    List<NodeOutcome<ExitStatus>> outcomes = run(LIMIT, 4, "b", "a", "d", "c", "b");

    NodeOutcome<ExitStatus> ok =
        new NodeOutcome.Succeeded<>(new ExitStatus.Exited(0), Duration.ZERO);
    assertEquals(
        List.of(
            ok,
            new NodeOutcome.Succeeded<>(new ExitStatus.Exited(7), Duration.ZERO),
            new NodeOutcome.Failed<>(gone, Duration.ZERO),
            new NodeOutcome.Failed<>(refused, Duration.ZERO),
            ok),
        outcomes);
    assertEquals(Map.of("a", "", "b", "b\n", "c", "", "d", "half"), stdouts);
    assertEquals(0, connector.open());
  }

  @Test
  void givesTheCommandWhatTheConnectionLeftOfTheLimit() {
    connector.with("a", afterConnecting(Duration.ofSeconds(3), says("", "", 0)));

    run(LIMIT, 1, "a");

    assertEquals(
        List.of(new Call("a", "connect", LIMIT), new Call("a", "a command", Duration.ofSeconds(2))),
        connector.calls());
  }

  private ScriptedConnector.Script afterConnecting(
      Duration duration, ScriptedConnector.Script then) {
    return new ScriptedConnector.Script() {
      @Override
      public void connect(Duration limit) {
        time.advance(duration);
      }

      @Override
      public ExitStatus execute(OutputStream out, OutputStream err, Duration limit)
          throws IOException, InterruptedException {
        return then.execute(out, err, limit);
      }
    };
  }

  @Test
  void runsNoCommandWhenTheConnectionTookTheWholeLimit() {
    connector.with("a", afterConnecting(LIMIT, says("", "", 0)));

    assertEquals(new NodeFailure.TimedOut("command", LIMIT), failure(LIMIT, "a"));
    assertEquals(List.of(new Call("a", "connect", LIMIT)), connector.calls());
    assertEquals(0, connector.open());
  }

  @Test
  void namesTheWholeLimitOfANodeInWhateverPhaseItRanOut() {
    connector.with("a", afterConnecting(Duration.ofSeconds(3), this::timeOut));
    connector.with("b", timesOutConnecting("authenticate", LIMIT));

    NodeFailure inCommand = failure(LIMIT, "a");
    assertEquals("timed out after 5.0 s (command)", inCommand.message());
    assertEquals(new NodeFailure.TimedOut("authenticate", LIMIT), failure(LIMIT, "b"));
    assertEquals(Map.of("a", "partial", "b", ""), stdouts);
  }

  @Test
  void namesALimitOfItsOwnThatRanOutBefore() {
    Duration second = Duration.ofSeconds(1);
    connector.with("b", timesOutConnecting("connect", second));

    assertEquals(new NodeFailure.TimedOut("connect", second), failure(LIMIT, "b"));
  }

  private ScriptedConnector.Script timesOutConnecting(String phase, Duration limit) {
    return new ScriptedConnector.Script() {
      @Override
      public void connect(Duration most) throws NodeFailedException {
        time.advance(limit);
        throw new NodeFailedException(new NodeFailure.TimedOut(phase, limit));
      }

      @Override
      public ExitStatus execute(OutputStream out, OutputStream err, Duration most) {
        throw new AssertionError("was never connected");
      }
    };
  }

  private ExitStatus timeOut(OutputStream out, OutputStream err, Duration limit)
      throws IOException {
    out.write("partial".getBytes(UTF_8));
    time.advance(limit);
    throw new NodeFailedException(new NodeFailure.TimedOut("command", limit));
  }

  @Test
  void withoutALimitOnlyTheConnectionHasOne() {
    NodeFailure slow = new NodeFailure.TimedOut("connect", Duration.ofMinutes(2));
    connector.with("a", says("", "", 0)).with("b", refuses(slow));

    run(Duration.ZERO, 1, "a");

    assertEquals(
        List.of(
            new Call("a", "connect", Duration.ofMinutes(2)),
            new Call("a", "a command", Duration.ZERO)),
        connector.calls());
    assertEquals(slow, failure(Duration.ZERO, "b"));
  }

  @Test
  void answersWhatCameSoFarWhenInterrupted() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    connector
        .with("a", says("whole\n", "", 0))
        .with(
            "b",
            (out, err, limit) -> {
              out.write("par".getBytes(UTF_8));
              running.countDown();
              new CountDownLatch(1).await();
              return new ExitStatus.Exited(0);
            })
        .with("c", says("never", "", 0));
    var call = Interruptible.start(() -> run(LIMIT, 1, "a", "b", "c"));
    running.await();
    call.interrupt();

    var ended = call.end();
    assertEquals(
        List.of(
            new NodeOutcome.Succeeded<>(new ExitStatus.Exited(0), Duration.ZERO),
            new NodeOutcome.NotRun<>(),
            new NodeOutcome.NotRun<>()),
        ended.value());
    assertTrue(ended.interrupted());
    assertEquals(Map.of("a", "whole\n", "b", "par"), stdouts);
    assertEquals(0, connector.open());
  }

  @Test
  void callsItsListenerFromOneThreadAtATime() {
    String[] names = IntStream.range(0, 20).mapToObj(i -> "n" + i).toArray(String[]::new);
    Stream.of(names).forEach(name -> connector.with(name, says("", "", 0)));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger answers = new AtomicInteger();
    AtomicBoolean serial = new AtomicBoolean(true);
    List<Node> nodes = Stream.of(names).map(ScriptedConnector::node).toList();

    new QueryEngine(connector, time, directory)
        .run(
            new QueryRequest(nodes, "x", Pace.window(20), Limits.whole(LIMIT)),
            answer -> {
              serial.compareAndSet(true, inside.incrementAndGet() == 1);
              Poll.until("all others wait", () -> connector.calls().size() == 40);
              Poll.until("all others wait", () -> connector.open() == 0);
              inside.decrementAndGet();
              answers.incrementAndGet();
            });

    assertTrue(serial.get());
    assertEquals(20, answers.get());
  }

  @Test
  void ranksAnswersByTheirPlaceInTheRequest() {
    connector.with("a", says("", "", 0));
    Map<Integer, Node> ranks = new ConcurrentHashMap<>();
    List<Node> twice = List.of(node("a"), node("a"));

    new QueryEngine(connector, time, directory)
        .run(
            new QueryRequest(twice, "x", Pace.window(2), Limits.whole(LIMIT)),
            answer -> ranks.put(answer.rank(), answer.node()));

    assertEquals(Map.of(0, node("a"), 1, node("a")), ranks);
  }
}
