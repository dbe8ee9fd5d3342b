package io.codeploy.multiquery.warm;

import static io.codeploy.multiquery.testing.ScriptedConnector.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.time.Duration;
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
}
