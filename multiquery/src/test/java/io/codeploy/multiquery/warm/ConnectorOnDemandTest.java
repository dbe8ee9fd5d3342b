package io.codeploy.multiquery.warm;

import static io.codeploy.multiquery.testing.ScriptedConnector.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ConnectorOnDemandTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ScriptedConnector nodes =
      new ScriptedConnector().with("a", ScriptedConnector.says("", "", 0));

  private static void await(CountDownLatch latch) throws InterruptedIOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Test
  void closesWhatItMade() throws Exception {
    ConnectorOnDemand onDemand = new ConnectorOnDemand(() -> nodes);
    onDemand.connect(node("a"), LIMIT).close();

    onDemand.close();

    assertTrue(nodes.isClosed());
  }

  @Test
  void closesOneThatIsMadeWhileItIsClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ConnectorOnDemand onDemand =
        new ConnectorOnDemand(
            () -> {
              begun.countDown();
              await(goOn);
              return nodes;
            });
    FutureTask<Object> connecting = new FutureTask<>(() -> onDemand.connect(node("a"), LIMIT));
    Thread.ofVirtual().start(connecting);
    begun.await();

    onDemand.close();
    goOn.countDown();

    ExecutionException failed = assertThrows(ExecutionException.class, connecting::get);
    assertInstanceOf(NodeFailedException.class, failed.getCause());
    assertTrue(nodes.isClosed());
    assertEquals(0, nodes.open());
  }
}
