package io.codeploy.multiquery.query;

import static io.codeploy.multiquery.testing.ScriptedConnector.says;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.Poll;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener sees, and when. */
class LiveOutputTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir Path directory;

  private final ManualTime time = new ManualTime();
  private final ScriptedConnector connector = new ScriptedConnector();

  private List<NodeOutcome<ExitStatus>> run(QueryListener listener, String... names) {
    List<Node> nodes = Stream.of(names).map(ScriptedConnector::node).toList();
    return new QueryEngine(connector, time, directory)
        .run(new QueryRequest(nodes, "x", Pace.window(4), Limits.whole(LIMIT)), listener);
  }

  /** Writes down all events, and the output that answers hold. */
  private static class Recorder implements QueryListener {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<Timings> timings = new CopyOnWriteArrayList<>();
    private final Delivery delivery;

    Recorder(Delivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public Delivery delivery() {
      return delivery;
    }

    @Override
    public void wrote(OutputSource source, byte[] bytes, int offset, int length)
        throws IOException {
      String text = new String(bytes, offset, length, UTF_8);
      events.add(source.rank() + " " + source.node() + " " + source.stream() + " " + text);
    }

    @Override
    public void answered(NodeAnswer answer) {
      try (answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.stdout().copyTo(out);
        events.add("answer " + answer.stdout().length() + " [" + out.toString(UTF_8) + "]");
        timings.add(answer.timings());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void ended() {
      events.add("end");
    }
  }

  private void twoPieces() {
    connector.with(
        "a",
        (out, err, limit) -> {
          out.write("..one".getBytes(UTF_8), 2, 3);
          err.write("oops".getBytes(UTF_8));
          out.write('!');
          out.write(new byte[0]);
          return new ExitStatus.Exited(0);
        });
  }

  @Test
  void passesOutputOnAsItArrives() {
    twoPieces();
    Recorder recorder = new Recorder(Delivery.LIVE);
    run(recorder, "a");
    assertEquals(
        List.of("0 a STDOUT one", "0 a STDERR oops", "0 a STDOUT !", "answer 4 []", "end"),
        recorder.events);
  }

  @Test
  void keepsOutputUntilTheAnswer() {
    twoPieces();
    Recorder recorder = new Recorder(Delivery.WHOLE);
    run(recorder, "a");
    assertEquals(List.of("answer 4 [one!]", "end"), recorder.events);
  }

  @Test
  void doesBothInOneRun() {
    twoPieces();
    Recorder recorder = new Recorder(Delivery.BOTH);
    run(recorder, "a");
    assertEquals(
        List.of("0 a STDOUT one", "0 a STDERR oops", "0 a STDOUT !", "answer 4 [one!]", "end"),
        recorder.events);
  }

  @ParameterizedTest
  @EnumSource
  void twoListenersTogetherGetWhatEachWants(Delivery one) {
    for (Delivery other : Delivery.values()) {
      assertEquals(one.live() || other.live(), one.and(other).live());
      assertEquals(one.kept() || other.kept(), one.and(other).kept());
    }
  }

  @Test
  void aListenerThatCannotKeepOutputFailsItsNodeAlone() {
    connector.with("b", says("fine", "", 0));
    Recorder recorder =
        new Recorder(Delivery.LIVE) {
          @Override
          public void wrote(OutputSource source, byte[] bytes, int offset, int length)
              throws IOException {
            if (source.rank() == 0) {
              throw new IOException("no space left");
            }
          }
        };
    List<String> refusals = new CopyOnWriteArrayList<>();
    connector.with(
        "a",
        (out, err, limit) -> {
          try {
            out.write("full".getBytes(UTF_8));
          } catch (IOException e) {
            refusals.add(String.valueOf(e.getMessage()));
          }
          return new ExitStatus.Exited(0);
        });

    run(recorder, "a", "b");

    assertEquals(List.of("no space left"), refusals);
  }

  /** A listener that stands still must make the writer stand still, and not fill the memory. */
  @Test
  void holdsAWriterUpWhileTheListenerBlocks() {
    AtomicBoolean secondWritten = new AtomicBoolean();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    connector
        .with("a", says("blocks", "", 0))
        .with(
            "b",
            (out, err, limit) -> {
              entered.await();
              out.write("waits".getBytes(UTF_8));
              secondWritten.set(true);
              return new ExitStatus.Exited(0);
            });
    List<Boolean> seen = new CopyOnWriteArrayList<>();

    run(
        new Recorder(Delivery.LIVE) {
          @Override
          public void wrote(OutputSource source, byte[] bytes, int offset, int length) {
            if (source.rank() == 0) {
              entered.countDown();
              Poll.until("the other runs its command", () -> connector.calls().size() == 4);
              seen.add(secondWritten.get());
              release.countDown();
            } else {
              seen.add(release.getCount() == 0);
            }
          }
        },
        "a",
        "b");

    assertEquals(List.of(false, true), seen);
  }

  @Test
  void dropsWhatASinkIsStillGivenAfterTheAnswer() throws IOException {
    List<OutputStream> sinks = new CopyOnWriteArrayList<>();
    connector.with(
        "a",
        (out, err, limit) -> {
          sinks.add(out);
          return new ExitStatus.Exited(0);
        });
    Recorder recorder = new Recorder(Delivery.BOTH);
    run(recorder, "a");

    sinks.getFirst().write("late".getBytes(UTF_8));

    assertEquals(List.of("answer 0 []", "end"), recorder.events);
  }

  @Test
  void tellsWhenWhatHappened() {
    connector.with(
        "a",
        new ScriptedConnector.Script() {
          @Override
          public void connect(Duration limit) {
            time.advance(Duration.ofSeconds(1));
          }

          @Override
          public ExitStatus execute(OutputStream out, OutputStream err, Duration limit) {
            time.advance(Duration.ofSeconds(2));
            return new ExitStatus.Exited(0);
          }
        });
    connector.with("b", ScriptedConnector.refuses(new NodeFailure.Unreachable("no")));
    Recorder recorder = new Recorder(Delivery.WHOLE);

    List<NodeOutcome<ExitStatus>> outcomes =
        new QueryEngine(connector, time, directory)
            .run(
                new QueryRequest(
                    List.of(ScriptedConnector.node("a"), ScriptedConnector.node("b")),
                    "x",
                    Pace.window(1),
                    Limits.whole(LIMIT)),
                recorder);

    assertInstanceOf(NodeOutcome.Failed.class, outcomes.get(1));
    assertEquals(
        List.of(
            new Timings(Duration.ZERO, Optional.of(Duration.ofSeconds(1)), Duration.ofSeconds(3)),
            new Timings(Duration.ofSeconds(3), Optional.empty(), Duration.ZERO)),
        recorder.timings);
  }
}
