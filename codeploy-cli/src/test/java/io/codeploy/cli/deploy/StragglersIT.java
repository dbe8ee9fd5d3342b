package io.codeploy.cli.deploy;

import static io.codeploy.cli.deploy.NodeTrials.assertHasTree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.deploy.NodeTrials.Kind;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.origin.StaticTree;
import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.barrier.Halt;
import io.codeploy.multiquery.barrier.KneeRule;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.barrier.Share;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.Spacing;
import io.codeploy.multiquery.node.NodeFailure.LeftBehind;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.Straggler;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Five nodes, of which the agent of one stands still in the transfer. */
@Timeout(300)
@ExtendWith(TestImage.class)
class StragglersIT {
  private static final BarrierRule FOR_ALL = BarrierRule.forAll();

  private final AgentImages images;

  @TempDir private Path temp;

  StragglersIT(AgentImages images) {
    this.images = images;
  }

  private static Pace pace(Optional<Halt> halt, BarrierRule barrier, Duration deadline) {
    return new Pace(
        new Release.Fixed(8, 8), Optional.empty(), Spacing.NONE, halt, barrier, deadline);
  }

  private static Pace barrier(String quorum, Optional<KneeRule> knee, Stragglers stragglers) {
    return pace(
        Optional.empty(),
        new BarrierRule(Share.parse(quorum), Duration.ZERO, knee, stragglers),
        Duration.ZERO);
  }

  /** What is done on nodes, or expected of them, in a trial. */
  @FunctionalInterface
  private interface Trial {
    void on(SshNodes nodes, DeployRig rig, List<NodeResult> results) throws Exception;
  }

  /**
   * Deploys to embedded nodes so that the last one stands still.
   *
   * @param then what holds while it does
   * @param afterwards what holds when it goes on
   */
  private void deploy(int count, Pace pace, Trial then, Trial afterwards) throws Exception {
    deploy(Kind.EMBEDDED, count, pace, then, afterwards);
  }

  private void deploy(Kind kind, int count, Pace pace, Trial then, Trial afterwards)
      throws Exception {
    new NodeTrials(temp, images, count)
        .with(kind, (nodes, rig) -> deploy(nodes, rig, Optional.empty(), pace, then, afterwards));
  }

  private static void deploy(
      SshNodes nodes, DeployRig rig, Optional<String> url, Pace pace, Trial then, Trial afterwards)
      throws Exception {
    List<NodeResult> results;
    try (StoppingFleet fleet = new StoppingFleet(rig.fleet(), nodes.nodes().getLast())) {
      results = rig.deploy("dest", url, pace, fleet).nodes();
      then.on(nodes, rig, results);
    }
    afterwards.on(nodes, rig, results);
  }

  private static void onlyTheLastIsCut(SshNodes nodes, DeployRig rig, List<NodeResult> results)
      throws IOException {
    assertInstanceOf(Straggler.class, DeployRig.failure(results.getLast()));
    assertAllButTheLastHaveTheTree(nodes, rig, results);
  }

  private static void assertAllButTheLastHaveTheTree(
      SshNodes nodes, DeployRig rig, List<NodeResult> results) throws IOException {
    results.subList(0, results.size() - 1).forEach(DeployRig::report);
    for (SshNode node : nodes.nodes().subList(0, results.size() - 1)) {
      assertHasTree(rig, node);
    }
    assertFalse(Files.exists(nodes.nodes().getLast().home().resolve("dest/many")));
  }

  private static void theNextRunCompletesAll(
      SshNodes nodes, DeployRig rig, List<NodeResult> results) throws Exception {
    assertEquals(nodes.nodes().size(), results.size());
    rig.deploy("dest").nodes().forEach(DeployRig::report);
    for (SshNode node : nodes.nodes()) {
      assertHasTree(rig, node);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aQuorumEndsTheRunWithoutWhoStandsStill(Kind kind) throws Exception {
    deploy(
        kind,
        5,
        barrier("80%", Optional.empty(), Stragglers.CUT),
        StragglersIT::onlyTheLastIsCut,
        StragglersIT::theNextRunCompletesAll);
  }

  @Test
  void aKneeFindsWhoStandsStill() throws Exception {
    deploy(
        6,
        barrier("", Optional.of(KneeRule.usual()), Stragglers.CUT),
        StragglersIT::onlyTheLastIsCut,
        StragglersIT::theNextRunCompletesAll);
  }

  /** The origin was of the run and is gone. */
  @Test
  void whoIsLeftFinishesFromTheOthers() throws Exception {
    deploy(
        5,
        barrier("80%", Optional.empty(), Stragglers.LEAVE),
        (nodes, rig, results) -> {
          assertLeft(results.getLast(), "its agent goes on with what other nodes have");
          assertAllButTheLastHaveTheTree(nodes, rig, results);
        },
        (nodes, rig, results) -> awaitTree(rig, nodes.nodes().getLast()));
  }

  @Test
  void whoIsLeftWithAWebServerFinishesByItself() throws Exception {
    new NodeTrials(temp, images, 5)
        .with(
            Kind.EMBEDDED,
            (trialled, rig) -> {
              Files.delete(rig.tree().resolve("bin/private"));
              try (StaticTree server = new StaticTree(rig.tree(), true)) {
                deploy(
                    trialled,
                    rig,
                    Optional.of(server.url()),
                    barrier("80%", Optional.empty(), Stragglers.LEAVE),
                    (nodes, same, results) ->
                        assertLeft(results.getLast(), "its agent goes on by itself"),
                    (nodes, same, results) -> awaitTree(same, nodes.nodes().getLast()));
              }
            });
  }

  @Test
  void theDeadlineEndsWhoStandsStill() throws Exception {
    Duration deadline = Duration.ofSeconds(10);
    new NodeTrials(temp, images, 2)
        .with(
            Kind.EMBEDDED,
            (trialled, rig) -> {
              // Agents are up already, so that the time is over in the transfer.
              rig.deploy("elsewhere");
              deploy(
                  trialled,
                  rig,
                  Optional.empty(),
                  pace(Optional.empty(), FOR_ALL, deadline),
                  (nodes, same, results) ->
                      assertEquals(
                          new TimedOut("run", deadline), DeployRig.failure(results.getLast())),
                  StragglersIT::theNextRunCompletesAll);
            });
  }

  @Test
  void theFirstFailureEndsWhoStandsStill() throws Exception {
    Halt first = new Halt(new Share.Count(1), Halt.Pending.END);
    new NodeTrials(temp, images, 5)
        .with(
            Kind.EMBEDDED,
            (trialled, rig) -> {
              Path file = trialled.nodes().getFirst().home().resolve("dest");
              Files.writeString(file, "a file where the directory should be");
              deploy(
                  trialled,
                  rig,
                  Optional.empty(),
                  pace(Optional.of(first), FOR_ALL, Duration.ZERO),
                  (nodes, same, results) -> {
                    assertInstanceOf(RemoteFailure.class, DeployRig.failure(results.getFirst()));
                    NodeOutcome<NodeReport> last = results.getLast().outcome();
                    assertEquals(new NotRun<NodeReport>(NotRun.Reason.HALTED), last);
                    Files.delete(file);
                  },
                  StragglersIT::theNextRunCompletesAll);
            });
  }

  private static void assertLeft(NodeResult result, String rest) {
    assertEquals(rest, assertInstanceOf(LeftBehind.class, DeployRig.failure(result)).rest());
  }

  private static void awaitTree(DeployRig rig, SshNode node) throws Exception {
    Path dest = node.home().resolve("dest");
    while (!Files.exists(dest.resolve("many")) || Files.exists(dest.resolve(".codeploy-stage"))) {
      Thread.onSpinWait();
    }
    assertTrue(Files.isDirectory(dest));
    while (!TreeComparison.differences(rig.tree(), dest).isEmpty()) {
      Thread.onSpinWait();
    }
  }
}
