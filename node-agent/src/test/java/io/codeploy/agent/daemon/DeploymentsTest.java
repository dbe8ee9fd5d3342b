package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.agent.plan.DeploymentRecords;
import io.codeploy.agent.plan.RemoteDir;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.manifest.DeploymentKey;
import io.codeploy.chunkcache.manifest.ManifestChunks;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.swarm.SwarmRoute;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Activity activity = new Activity(nanos::get);

  @TempDir Path home;

  @Test
  void areOverForTheAgentEvenWhereOneBreaksAltogether() throws Exception {
    ChunkStore store = ChunkStore.open(home, 1 << 20);
    RandomGenerator broken =
        () -> {
          throw broken();
        };
    CacheParts cache =
        new CacheParts(store, new SwarmRoute(), new UploadSlots(1), nanos::get, broken);
    Deployments deployments =
        new Deployments(
            cache,
            new Proxies(store, nanos::get, activity),
            new DeploymentRecords(home),
            List.of(),
            activity);
    BrokenLog log = new BrokenLog();
    Logger logger = Logger.getLogger(Deployment.class.getName());
    logger.addHandler(log);

    RemoteDir dir = RemoteDir.of(home, "test");
    Deployment first = deployments.start(request(), dir).orElseThrow();
    log.writer.join().join();
    logger.removeHandler(log);

    assertEquals(1, restsAfterAWhile());
    List<AgentEvent> events = new ArrayList<>(first.events());
    assertEquals(
        List.of("internal error; see agent.log on the node"),
        assertInstanceOf(AgentEvent.Report.class, events.getLast()).errors());
    Deployment second = deployments.start(request(), dir).orElseThrow();
    assertEquals(
        List.of(
            "internal error: java.lang.IllegalStateException: broken; see agent.log on the node"),
        errors(second));
  }

  private static IllegalStateException broken() {
    return new IllegalStateException("broken");
  }

  private static List<String> errors(Deployment deployment) throws InterruptedException {
    AgentEvent event = deployment.events().take();
    while (!(event instanceof AgentEvent.Report)) {
      event = deployment.events().take();
    }
    return ((AgentEvent.Report) event).errors();
  }

  /** How often, which is never while a deployment runs. */
  private int restsAfterAWhile() throws InterruptedException {
    List<Duration> rests = new ArrayList<>();
    nanos.set(Duration.ofSeconds(11).toNanos());
    activity.stop();
    activity.awaitEnd(Duration.ofHours(2), () -> true, () -> rests.add(activity.uptime()));
    return rests.size();
  }

  private static DeployRequest request() {
    DeploymentKey key = DeploymentKey.generate();
    Tree tree = new Tree().file("f", 0644, new byte[] {1});
    return new DeployRequest(
        "0".repeat(32),
        "0".repeat(64),
        0,
        List.of(new Peer(0, "node0", "127.0.0.1", 1, Optional.empty(), true)),
        "test",
        Base64.getEncoder().encodeToString(key.sign(ManifestChunks.encode(tree.manifest()).root())),
        Base64.getEncoder().encodeToString(key.publicKey()),
        List.of(),
        new OriginSpec.ChunkServer("http://127.0.0.1:1"),
        new DeployOptions(false, false),
        new Extent.Whole(Optional.empty(), 0755));
  }

  /** Writes nothing, as where there is no memory for it. */
  private static final class BrokenLog extends Handler {
    final CompletableFuture<Thread> writer = new CompletableFuture<>();

    @Override
    public void publish(LogRecord line) {
      writer.complete(Thread.currentThread());
      throw broken();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
