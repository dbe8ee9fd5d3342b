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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Five nodes, of which the agent of one stands still in the transfer. */
@Timeout(300)
class StragglersIT {
  private static final BarrierRule FOR_ALL = BarrierRule.forAll();

  @TempDir private static Path imageDir;
  private static AgentImages images = new AgentImages(Optional.empty(), Optional.empty());

  @TempDir private Path temp;

  @BeforeAll
  static void makeImage() throws Exception {
    images = DeployRig.images(imageDir);
  }

  @AfterAll
  static void forgetImage() {
    images = new AgentImages(Optional.empty(), Optional.empty());
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

  /** What a run with a victim, which is the last node, is to show while that stands still. */
  @FunctionalInterface
  private interface Expectation {
    void of(List<NodeResult> nodes) throws Exception;
  }

  /** Deploys so that the victim stands still, lets it go on, and returns. */
  private static void deploy(
      SshNodes nodes, DeployRig rig, Optional<String> url, Pace pace, Expectation expected)
      throws Exception {
    try (StoppingFleet fleet = new StoppingFleet(rig.fleet(), nodes.nodes().getLast())) {
      expected.of(rig.deploy("dest", url, pace, fleet).nodes());
    }
  }

  private static void assertAllButTheLastHaveTheTree(
      SshNodes nodes, DeployRig rig, List<NodeResult> results) throws IOException {
    results.subList(0, results.size() - 1).forEach(DeployRig::report);
    for (SshNode node : nodes.nodes().subList(0, results.size() - 1)) {
      assertHasTree(rig, node);
    }
    assertFalse(Files.exists(nodes.nodes().getLast().home().resolve("dest/many")));
  }

  private static void assertTheNextRunCompletesAll(SshNodes nodes, DeployRig rig) throws Exception {
    rig.deploy("dest").nodes().forEach(DeployRig::report);
    for (SshNode node : nodes.nodes()) {
      assertHasTree(rig, node);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aQuorumEndsTheRunWithoutWhoStandsStill(Kind kind) throws Exception {
    new NodeTrials(temp, images, 5)
        .with(
            kind,
            (nodes, rig) -> {
              deploy(
                  nodes,
                  rig,
                  Optional.empty(),
                  barrier("80%", Optional.empty(), Stragglers.CUT),
                  results -> {
                    assertInstanceOf(Straggler.class, DeployRig.failure(results.getLast()));
                    assertAllButTheLastHaveTheTree(nodes, rig, results);
                  });
              assertTheNextRunCompletesAll(nodes, rig);
            });
  }

  @Test
  void aKneeFindsWhoStandsStill() throws Exception {
    new NodeTrials(temp, images, 6)
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              deploy(
                  nodes,
                  rig,
                  Optional.empty(),
                  barrier("", Optional.of(KneeRule.usual()), Stragglers.CUT),
                  results -> {
                    assertInstanceOf(Straggler.class, DeployRig.failure(results.getLast()));
                    assertAllButTheLastHaveTheTree(nodes, rig, results);
                  });
              assertTheNextRunCompletesAll(nodes, rig);
            });
  }

  /** The origin was of the run and is gone. */
  @Test
  void whoIsLeftFinishesFromTheOthers() throws Exception {
    new NodeTrials(temp, images, 5)
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              deploy(
                  nodes,
                  rig,
                  Optional.empty(),
                  barrier("80%", Optional.empty(), Stragglers.LEAVE),
                  results -> {
                    assertLeft(results.getLast(), "its agent goes on with what other nodes have");
                    assertAllButTheLastHaveTheTree(nodes, rig, results);
                  });
              awaitTree(rig, nodes.nodes().getLast());
            });
  }

  @Test
  void whoIsLeftWithAWebServerFinishesByItself() throws Exception {
    new NodeTrials(temp, images, 5)
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              Files.delete(rig.tree().resolve("bin/private"));
              try (StaticTree server = new StaticTree(rig.tree(), true)) {
                deploy(
                    nodes,
                    rig,
                    Optional.of(server.url()),
                    barrier("80%", Optional.empty(), Stragglers.LEAVE),
                    results -> assertLeft(results.getLast(), "its agent goes on by itself"));
                awaitTree(rig, nodes.nodes().getLast());
              }
            });
  }

  @Test
  void theDeadlineEndsWhoStandsStill() throws Exception {
    Duration deadline = Duration.ofSeconds(10);
    new NodeTrials(temp, images, 2)
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              rig.deploy("elsewhere");
              deploy(
                  nodes,
                  rig,
                  Optional.empty(),
                  pace(Optional.empty(), FOR_ALL, deadline),
                  results ->
                      assertEquals(
                          new TimedOut("run", deadline), DeployRig.failure(results.getLast())));
              assertTheNextRunCompletesAll(nodes, rig);
            });
  }

  @Test
  void theFirstFailureEndsWhoStandsStill() throws Exception {
    Halt first = new Halt(new Share.Count(1), Halt.Pending.END);
    new NodeTrials(temp, images, 5)
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              Path file = nodes.nodes().getFirst().home().resolve("dest");
              Files.writeString(file, "a file where the directory should be");
              deploy(
                  nodes,
                  rig,
                  Optional.empty(),
                  pace(Optional.of(first), FOR_ALL, Duration.ZERO),
                  results -> {
                    assertInstanceOf(RemoteFailure.class, DeployRig.failure(results.getFirst()));
                    NodeOutcome<NodeReport> last = results.getLast().outcome();
                    assertEquals(new NotRun<NodeReport>(NotRun.Reason.HALTED), last);
                  });
              Files.delete(file);
              assertTheNextRunCompletesAll(nodes, rig);
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
