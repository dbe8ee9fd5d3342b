package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.cli.deploy.DeployEvent.NodeProgressed;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialListenerTest {
  private static final NodeProgressed PROGRESS =
      new NodeProgressed(
          ScriptedNodes.nodes("a").getFirst(),
          new AgentEvent.Progress(AgentEvent.Phase.FETCH, 1, 2));

  private final List<DeployEvent> seen = new ArrayList<>();

  @Test
  void deliversEverythingInOrderBeforeItCloses() {
    List<DeployEvent> events =
        IntStream.range(0, 5000).<DeployEvent>mapToObj(i -> new Noted("event " + i)).toList();

    try (SerialListener listener = new SerialListener(seen::add)) {
      events.forEach(listener::on);
    }

    assertEquals(events, seen);
  }

  @Test
  void leavesOutProgressAndNothingElseWhenTheListenerLags() {
    CountDownLatch lag = new CountDownLatch(1);

    try (SerialListener listener =
        new SerialListener(
            event -> {
              awaitOpen(lag);
              seen.add(event);
            })) {
      for (int i = 0; i < 3000; i++) {
        listener.on(PROGRESS);
      }
      listener.on(new Noted("the end"));
      lag.countDown();
    }

    assertTrue(seen.size() < 1100, seen.size() + " events");
    assertEquals(new Noted("the end"), seen.getLast());
  }

  @Test
  void deliversTheRestWhenItIsClosedByAnInterruptedThread() {
    try (SerialListener listener = new SerialListener(seen::add)) {
      listener.on(new Noted("last words"));
      Thread.currentThread().interrupt();
    }

    assertTrue(Thread.interrupted());
    assertEquals(List.of(new Noted("last words")), seen);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
