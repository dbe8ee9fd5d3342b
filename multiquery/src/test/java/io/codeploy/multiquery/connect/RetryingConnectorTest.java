package io.codeploy.multiquery.connect;

import static io.codeploy.multiquery.testing.ScriptedConnector.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryingConnectorTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final NodeFailure REFUSED = new NodeFailure.Unreachable("refused");
  private static final NodeFailure TURNED_AWAY = new NodeFailure.TurnedAway("too many");

  private final ManualTime time = new ManualTime();
  private final ScriptedConnector nodes = new ScriptedConnector();

  private Connector retrying(Duration attempt, int retries) {
    return new RetryingConnector(nodes, new RetryRule(attempt, retries), time, 42);
  }

  /** A node that lets nobody in before {@code failures} attempts, each of which takes a second. */
  private static ScriptedConnector.Script after(
      int failures, NodeFailure failure, ManualTime time) {
    AtomicInteger attempts = new AtomicInteger();
    return new ScriptedConnector.Script() {
      @Override
      public void connect(Duration limit) throws NodeFailedException {
        time.advance(Duration.ofSeconds(1));
        if (attempts.getAndIncrement() < failures) {
          throw new NodeFailedException(failure);
        }
      }

      @Override
      public ExitStatus execute(OutputStream out, OutputStream err, Duration limit) {
        return new ExitStatus.Exited(0);
      }
    };
  }

  private NodeFailure failure(Connector connector, Duration limit) {
    return assertThrows(NodeFailedException.class, () -> connector.connect(node("a"), limit))
        .failure();
  }

  @Test
  void triesAgainAsOftenAsItMay() throws Exception {
    nodes.with("a", after(2, REFUSED, time));

    retrying(Duration.ZERO, 2).connect(node("a"), MINUTE).close();

    assertEquals(3, nodes.calls().size());
    assertEquals(0, nodes.open());
  }

  @Test
  void givesUpWithTheLastFailure() {
    nodes.with("a", after(9, REFUSED, time));

    assertEquals(REFUSED, failure(retrying(Duration.ZERO, 2), MINUTE));
    assertEquals(3, nodes.calls().size());
  }

  @Test
  void comesBackToAServerWithTooManyConnectionsUnasked() throws Exception {
    nodes.with("a", after(5, TURNED_AWAY, time));

    retrying(Duration.ZERO, 0).connect(node("a"), MINUTE).close();

    assertEquals(6, nodes.calls().size());
  }

  @Test
  void doesNotTryKeysAgain() {
    NodeFailure rejected = new NodeFailure.AuthenticationRejected("no key");
    nodes.with("a", after(9, rejected, time));

    assertEquals(rejected, failure(retrying(Duration.ZERO, 5), MINUTE));
    assertEquals(1, nodes.calls().size());
  }

  @Test
  void pausesAreDoubledAndSpread() throws Exception {
    nodes.with("a", after(5, TURNED_AWAY, time)).with("b", after(5, TURNED_AWAY, time));
    retrying(Duration.ZERO, 0).connect(node("a"), MINUTE).close();
    retrying(Duration.ZERO, 0).connect(node("b"), MINUTE).close();

    List<Duration> pauses = time.sleeps();
    for (int i = 0; i < 10; i++) {
      long base = 500L << i % 5;
      long millis = pauses.get(i).toMillis();
      assertTrue(millis >= base / 2 && millis <= base * 3 / 2, pauses::toString);
    }
    assertTrue(!pauses.subList(0, 5).equals(pauses.subList(5, 10)), pauses::toString);
  }

  @Test
  void allAttemptsAndPausesAreUnderTheLimit() {
    nodes.with("a", after(99, REFUSED, time));

    assertEquals(REFUSED, failure(retrying(Duration.ZERO, 98), Duration.ofSeconds(10)));

    assertTrue(time.since(0).compareTo(Duration.ofSeconds(11)) < 0, time.since(0)::toString);
    assertTrue(nodes.calls().size() >= 3, "there was room for some");
    assertEquals(Duration.ofSeconds(10), nodes.calls().getFirst().limit());
    assertTrue(nodes.calls().getLast().limit().compareTo(Duration.ofSeconds(9)) < 0);
  }

  @Test
  void anAttemptHasALimitOfItsOwn() {
    Duration second = Duration.ofSeconds(1);
    nodes.with("a", after(99, REFUSED, time));

    failure(retrying(second, 1), MINUTE);
    failure(retrying(second, 0), Duration.ZERO);
    failure(retrying(MINUTE, 0), second);

    assertEquals(
        List.of(second, second, second, second),
        nodes.calls().stream().map(ScriptedConnector.Call::limit).toList());
  }

  @Test
  void closesWhatItTriesWith() {
    retrying(Duration.ZERO, 0).close();
    assertTrue(nodes.isClosed());
  }
}
