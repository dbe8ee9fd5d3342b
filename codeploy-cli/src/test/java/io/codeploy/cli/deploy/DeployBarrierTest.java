package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.deploy.DeployEvent.BarrierOpened;
import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.barrier.Halt;
import io.codeploy.multiquery.barrier.KneeRule;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.barrier.Share;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.Spacing;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeFailure.LeftBehind;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.Straggler;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import io.codeploy.multiquery.node.NodeFailure.Unreachable;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What barriers, halts and deadlines do to a deployment; a clock that waits for what it tries. */
class DeployBarrierTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final BarrierRule FOR_ALL = BarrierRule.forAll();

  @TempDir private Path temp;
  private ScriptedDeployment deployment;
  private ScriptedNodes nodes;

  @BeforeEach
  void makeTree() throws IOException {
    deployment = new ScriptedDeployment(temp);
    nodes = deployment.nodes;
  }

  private static BarrierRule quorum(Stragglers stragglers) {
    return new BarrierRule(Share.parse("80%"), Duration.ZERO, Optional.empty(), stragglers);
  }

  private static Pace pace(Optional<Halt> halt, BarrierRule barrier, Duration deadline) {
    return new Pace(
        new Release.Fixed(2, 10), Optional.empty(), Spacing.NONE, halt, barrier, deadline);
  }

  private static Pace pace(BarrierRule barrier) {
    return pace(Optional.empty(), barrier, Duration.ZERO);
  }

  private static Pace halt(Halt.Pending pending) {
    return pace(Optional.of(new Halt(new Share.Count(1), pending)), FOR_ALL, Duration.ZERO);
  }

  private DeployResult run(Pace pace) throws Exception {
    return deployment.run(pace, new TestClock(() -> false));
  }

  @Test
  void aQuorumCutsWhoDoesNotComeToAnEnd() throws Exception {
    nodes.makeEndless("e");

    DeployResult result = run(pace(quorum(Stragglers.CUT)));

    assertWell(result, 0, 1, 2, 3);
    assertEquals(new Straggler(Duration.ZERO), failure(result, 4));
    assertEquals(List.of("e"), List.copyOf(nodes.ended));
    assertEquals(
        List.of(new BarrierOpened(Phase.TRANSFER, 4, node("e"), Duration.ZERO)),
        deployment.events.stream().filter(BarrierOpened.class::isInstance).toList());
  }

  @Test
  void whoIsLeftIsNotToldToEnd() throws Exception {
    nodes.makeEndless("e");

    DeployResult result = run(pace(quorum(Stragglers.LEAVE)));

    assertWell(result, 0, 1, 2, 3);
    assertEquals(
        new LeftBehind(Duration.ZERO, "its agent goes on with what other nodes have"),
        failure(result, 4));
    assertEquals(List.of(), List.copyOf(nodes.ended));
  }

  /** The first barrier waits for nodes with agents, but not for ever. */
  @Test
  void whoHasNoAgentWhenTheOthersHaveWaitedHasNoPart() throws Exception {
    nodes.deaf = Set.of("e");
    Duration patience = Duration.ofSeconds(10);

    DeployResult result =
        deployment.run(
            pace(quorum(Stragglers.LEAVE)), new TestClock(() -> count(NodePassed.class) >= 4));

    assertWell(result, 0, 1, 2, 3);
    assertEquals(new Straggler(patience), failure(result, 4));
    assertEquals(
        List.of(new BarrierOpened(Phase.AGENTS, 4, node("e"), patience)),
        deployment.events.stream().filter(BarrierOpened.class::isInstance).toList());
    assertEquals(4, nodes.request("a").peers().size());
  }

  @Test
  void aKneeThatReportsWaitsForTheRest() throws Exception {
    nodes.makeEndless("e");
    BarrierRule knee =
        new BarrierRule(
            Optional.empty(),
            Duration.ZERO,
            Optional.of(new KneeRule(0.7, 4, 1, Duration.ofSeconds(1))),
            Stragglers.REPORT);
    FutureTask<DeployResult> result =
        new FutureTask<>(
            () ->
                deployment.run(
                    pace(knee), new TestClock(() -> nodes.requests.size() == 5 && ended(4))));
    Thread runner = Thread.ofVirtual().start(result);

    while (count(BarrierOpened.class) == 0) {
      Thread.onSpinWait();
    }
    runner.interrupt();

    assertTrue(result.get().interrupted());
    assertEquals(new NotRun<NodeReport>(), result.get().nodes().getLast().outcome());
    assertEquals(List.of(), List.copyOf(nodes.ended));
  }

  @Test
  void theDeadlineEndsAgentsToo() throws Exception {
    nodes.makeEndless("d", "e");

    DeployResult result =
        deployment.run(
            pace(Optional.empty(), FOR_ALL, MINUTE),
            new TestClock(() -> nodes.requests.size() == 5 && ended(3)));

    assertWell(result, 0, 1, 2);
    assertEquals(new TimedOut("run", MINUTE), failure(result, 3));
    assertEquals(new TimedOut("run", MINUTE), failure(result, 4));
    assertEquals(List.of("d", "e"), nodes.ended.stream().sorted().toList());
    assertEquals(MINUTE, result.elapsed());
  }

  @Test
  void theFirstFailureEndsTheOthers() throws Exception {
    nodes.deployFailures.put("c", new RemoteFailure("no space"));
    nodes.makeEndless("a", "b", "d", "e");

    DeployResult result = run(halt(Halt.Pending.END));

    assertEquals(new RemoteFailure("no space"), failure(result, 2));
    for (int i : List.of(0, 1, 3, 4)) {
      assertEquals(new NotRun<>(NotRun.Reason.HALTED), result.nodes().get(i).outcome());
    }
    assertEquals(List.of("a", "b", "d", "e"), nodes.ended.stream().sorted().toList());
  }

  @Test
  void nothingIsTransferredAfterAHaltOnTheWay() throws Exception {
    nodes.connectFailures.put("e", new Unreachable("refused"));

    DeployResult result = run(halt(Halt.Pending.FINISH));

    for (int i : List.of(0, 1, 2, 3)) {
      assertEquals(new NotRun<>(NotRun.Reason.HALTED), result.nodes().get(i).outcome());
    }
    assertTrue(nodes.requests.isEmpty());
  }

  @Test
  void aHandWidensTheWindowOfThoseThatGetAgents() throws Exception {
    nodes.deaf = Set.of("a", "b", "c", "d", "e");
    FutureTask<DeployResult> result = new FutureTask<>(() -> run(pace(FOR_ALL)));
    Thread.ofVirtual().start(result);
    nodes.connecting.acquire(2);

    deployment.steering.widen();
    nodes.connecting.acquire();
    assertEquals(0, nodes.connecting.availablePermits());
    nodes.hearing.countDown();

    assertWell(result.get(), 0, 1, 2, 3, 4);
  }

  private boolean ended(int count) {
    return count(NodeEnded.class) >= count;
  }

  private long count(Class<?> kind) {
    return deployment.events.stream().filter(kind::isInstance).count();
  }

  private static List<io.codeploy.multiquery.node.Node> node(String name) {
    return ScriptedNodes.nodes(name);
  }

  private static void assertWell(DeployResult result, int... indexes) {
    for (int i : indexes) {
      assertInstanceOf(Succeeded.class, result.nodes().get(i).outcome());
    }
  }

  private static NodeFailure failure(DeployResult result, int index) {
    NodeOutcome<NodeReport> outcome = result.nodes().get(index).outcome();
    return assertInstanceOf(Failed.class, outcome).failure();
  }
}
