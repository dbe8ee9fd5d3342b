package io.codeploy.multiquery.warm;

import static io.codeploy.multiquery.testing.ScriptedConnector.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import io.codeploy.multiquery.testing.ScriptedConnector.Call;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration KEEP = Duration.ofMinutes(10);

  private final ManualTime time = new ManualTime();
  private final ScriptedConnector nodes = new ScriptedConnector();
  private final Pool pool = new Pool(3, time);

  PoolTest() {
    nodes.with("a", ScriptedConnector.says("", "", 0));
  }

  private void use(String name) throws Exception {
    pool.lease(node(name), LIMIT, KEEP, nodes::connect).close();
  }

  @Test
  void closesOneThatWasAtRestForTooLong() throws Exception {
    use("a");
    time.advance(KEEP.minusMillis(1));
    pool.sweep();
    assertEquals(1, nodes.open());

    time.advance(Duration.ofMillis(1));
    pool.sweep();
    assertEquals(0, nodes.open());
  }

  @Test
  void closesOneThatWasLostBeforeItsTime() throws Exception {
    use("a");
    nodes.hangUp("a");
    pool.sweep();

    assertEquals(0, nodes.open());
    assertFalse(pool.keeps(node("a")));
  }

  @Test
  void startsTheTimeAnewWithEachUse() throws Exception {
    use("a");
    time.advance(KEEP.minusMillis(1));
    use("a");
    time.advance(KEEP.minusMillis(1));
    pool.sweep();

    assertEquals(1, nodes.open());
  }

  @Test
  void beginsNothingAfterTheEndOfAUse() throws Exception {
    Lease over = pool.lease(node("a"), LIMIT, KEEP, nodes::connect);
    over.close();

    NodeFailedException refused =
        assertThrows(
            NodeFailedException.class,
            () ->
                over.execute(
                    "true",
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    LIMIT));

    assertEquals(new NodeFailure.Disconnected("the connection was closed"), refused.failure());
    assertThrows(NodeFailedException.class, () -> over.open("true", LIMIT));
    assertTrue(pool.keeps(node("a")));
    assertEquals(List.of("connect"), nodes.calls().stream().map(Call::what).toList());
  }
}
