package io.codeploy.multiquery.warm;

import static io.codeploy.multiquery.testing.ScriptedConnector.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptConnectionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ManualTime time = new ManualTime();
  private final ScriptedConnector nodes = new ScriptedConnector();
  private final KeptConnections kept = new KeptConnections(nodes, 3, time);

  KeptConnectionsTest() {
    for (String name : List.of("a", "b", "c", "d")) {
      nodes.with(name, ScriptedConnector.says("", "", 0));
    }
  }

  private void use(String name) throws Exception {
    try (Connection connection = kept.connect(node(name), LIMIT)) {
      execute(connection);
    }
  }

  private static void execute(Connection connection) throws Exception {
    connection.execute(
        "true",
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        LIMIT);
  }

  private long count(String what) {
    return nodes.calls().stream().filter(call -> call.what().equals(what)).count();
  }

  @Test
  void connectsOnceForSeveralUses() throws Exception {
    use("a");
    use("a");
    use("a");

    assertEquals(1, count("connect"));
    assertEquals(1, nodes.open());
  }

  @Test
  void tellsTheNodeThatWasAskedForThoughItIsKnownByAnotherName() throws Exception {
    Node other = new Node("other", "a", node("a").user(), node("a").port(), Map.of("site", "x"));
    use("a");

    try (Connection connection = kept.connect(other, LIMIT)) {
      assertEquals(other, connection.node());
    }
    assertEquals(1, count("connect"));
  }

  @Test
  void givesEachUserOfANodeAConnection() throws Exception {
    try (Connection first = kept.connect(node("a"), LIMIT);
        Connection second = kept.connect(node("a"), LIMIT)) {
      execute(first);
      execute(second);
    }

    assertEquals(2, nodes.open());
    use("a");
    assertEquals(2, count("connect"));
  }

  @Test
  void replacesOneThatWasLost() throws Exception {
    use("a");
    nodes.hangUp("a");
    use("a");

    assertEquals(2, count("connect"));
    assertEquals(1, nodes.open());
  }

  @Test
  void asksForASignOfLifeAfterSomeSecondsAtRest() throws Exception {
    use("a");
    time.advance(Duration.ofSeconds(4));
    use("a");
    assertEquals(0, count("answers"));

    time.advance(Duration.ofSeconds(6));
    use("a");
    assertEquals(1, count("answers"));
    assertEquals(1, count("connect"));
  }

  @Test
  void replacesOneWhosePeerIsSilent() throws Exception {
    use("a");
    time.advance(Duration.ofSeconds(6));
    nodes.fallSilent("a");
    use("a");

    assertEquals(2, count("connect"));
    assertEquals(1, nodes.open());
  }

  @Test
  void leavesTimeToConnectWhereAPeerIsSilent() throws Exception {
    use("a");
    time.advance(Duration.ofSeconds(6));
    kept.connect(node("a"), Duration.ofSeconds(3)).close();

    assertEquals(Duration.ofMillis(1500), nodes.calls().getLast().limit());
  }

  @Test
  void doesNotKeepOneOverWhichACommandDidNotEnd() throws Exception {
    nodes.with("a", ScriptedConnector.fails("", new NodeFailure.TimedOut("command", LIMIT)));
    try (Connection connection = kept.connect(node("a"), LIMIT)) {
      assertThrows(NodeFailedException.class, () -> execute(connection));
    }

    assertEquals(0, nodes.open());
  }

  @Test
  void keepsNoMoreThanItMay() throws Exception {
    for (String name : List.of("a", "b", "c", "d")) {
      use(name);
    }

    assertEquals(3, nodes.open());
    use("d");
    use("c");
    use("b");
    assertEquals(4, count("connect"), "the oldest has made room");
  }

  @Test
  void connectsToMoreThanItMayKeep() throws Exception {
    try (Connection a = kept.connect(node("a"), LIMIT);
        Connection b = kept.connect(node("b"), LIMIT);
        Connection c = kept.connect(node("c"), LIMIT);
        Connection d = kept.connect(node("d"), LIMIT)) {
      for (Connection each : List.of(a, b, c, d)) {
        execute(each);
      }
    }

    assertEquals(3, nodes.open());
  }

  @Test
  void forgetsNodesAtRestAndInUse() throws Exception {
    use("a");
    use("b");
    Connection inUse = kept.connect(node("b"), LIMIT);

    kept.forget(List.of(node("a"), node("b")));

    assertEquals(1, nodes.open());
    assertTrue(inUse.isOpen());
    inUse.close();
    assertEquals(0, nodes.open());
  }

  @Test
  void closesOneOverWhichACommandStillRuns() throws Exception {
    var running = new java.util.concurrent.CountDownLatch(1);
    var mayEnd = new java.util.concurrent.CountDownLatch(1);
    nodes.with(
        "a",
        (out, err, limit) -> {
          running.countDown();
          mayEnd.await();
          return new io.codeploy.multiquery.connect.ExitStatus.Exited(0);
        });
    Connection connection = kept.connect(node("a"), LIMIT);
    var user = new java.util.concurrent.FutureTask<Boolean>(() -> runs(connection));
    Thread.ofVirtual().start(user);
    running.await();

    connection.close();

    assertEquals(0, nodes.open());
    mayEnd.countDown();
    assertTrue(user.get());
  }

  private static boolean runs(Connection connection) throws Exception {
    execute(connection);
    return true;
  }

  @Test
  void isClosedOnceHoweverOftenItsUserClosesIt() throws Exception {
    Connection first = kept.connect(node("a"), LIMIT);
    first.close();
    Connection second = kept.connect(node("a"), LIMIT);
    first.close();

    assertTrue(second.isOpen());
    assertFalse(first.isOpen());
    second.close();
    assertEquals(1, nodes.open());
  }

  @Test
  void endsWithAllThatItKeeps() throws Exception {
    use("a");
    kept.close();

    assertEquals(0, nodes.open());
    assertTrue(nodes.isClosed());
  }
}
