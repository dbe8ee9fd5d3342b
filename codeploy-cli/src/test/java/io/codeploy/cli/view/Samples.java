package io.codeploy.cli.view;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.cli.deploy.DeployEvent;
import io.codeploy.cli.deploy.DeployEvent.BarrierOpened;
import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.cli.deploy.DeployEvent.NodeProgressed;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.deploy.DeployEvent.PhaseEnded;
import io.codeploy.cli.deploy.DeployEvent.PhaseStarted;
import io.codeploy.cli.deploy.DeployEvent.TreeScanned;
import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.cli.deploy.NodeReport;
import io.codeploy.cli.deploy.NodeResult;
import io.codeploy.cli.deploy.Phase;
import io.codeploy.cli.deploy.TreeSize;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.Unreachable;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A run of four nodes: two have the tree, one is unreachable, one failed remotely. */
final class Samples {
  static final TreeSize TREE = new TreeSize(1234, 102_400_000, 81_000_000);

  private Samples() {}

  static Node node(String name) {
    return new Node(name, name, Optional.empty(), OptionalInt.empty(), Map.of());
  }

  static NodeOutcome<NodeReport> success(int millis) {
    return new Succeeded<>(
        new NodeReport(new Counts(10, 1000, 200, 4, 1), new Traffic(40_500_000, 40_500_000, 0, 0)),
        Duration.ofMillis(millis));
  }

  static NodeOutcome<NodeReport> failure(NodeFailure failure) {
    return new Failed<>(failure, Duration.ofMillis(250));
  }

  static List<DeployEvent> events() {
    return List.of(
        new PhaseStarted(Phase.SCAN, 0),
        new Noted("left out, not a file: run.sock"),
        new TreeScanned(TREE),
        new PhaseEnded(Phase.SCAN, Duration.ofMillis(1200)),
        new PhaseStarted(Phase.AGENTS, 4),
        new NodePassed(node("n1"), Phase.AGENTS),
        new NodePassed(node("n2"), Phase.AGENTS),
        new NodeEnded(node("n3"), failure(new Unreachable("connection refused\033[2J"))),
        new NodePassed(node("n4"), Phase.AGENTS),
        new PhaseEnded(Phase.AGENTS, Duration.ofMillis(3400)),
        new PhaseStarted(Phase.ORIGIN, 3),
        new NodePassed(node("n1"), Phase.ORIGIN),
        new PhaseEnded(Phase.ORIGIN, Duration.ofMillis(100)),
        new PhaseStarted(Phase.TRANSFER, 3),
        progress("n1", 1_000_000),
        progress("n1", 51_200_000),
        new NodeEnded(node("n1"), success(5000)),
        new NodeEnded(node("n2"), success(6000)),
        new BarrierOpened(Phase.TRANSFER, 2, List.of(node("n4")), Duration.ofMillis(9750)),
        new NodeEnded(node("n4"), failure(new RemoteFailure("x/y: is a directory; remove it"))),
        new PhaseEnded(Phase.TRANSFER, Duration.ofMillis(5100)));
  }

  static DeployResult result() {
    return new DeployResult(
        List.of(
            new NodeResult(node("n1"), success(5000)),
            new NodeResult(node("n2"), success(6000)),
            new NodeResult(node("n3"), failure(new Unreachable("connection refused"))),
            new NodeResult(node("n4"), failure(new RemoteFailure("x/y: is a directory")))),
        TREE,
        new Traffic(81_000_000, 81_000_000, 0, 81_000_000),
        81_100_000,
        Duration.ofMillis(9800),
        false);
  }

  /** One is well; one was cut, one left, one had no turn. */
  static DeployResult cut() {
    Duration after = Duration.ofSeconds(3);
    return new DeployResult(
        List.of(
            new NodeResult(node("n1"), success(5000)),
            new NodeResult(node("n2"), failure(new NodeFailure.Straggler(after))),
            new NodeResult(node("n3"), failure(new NodeFailure.LeftBehind(after, "it goes on"))),
            new NodeResult(node("n4"), new NodeOutcome.NotRun<>(NodeOutcome.NotRun.Reason.HALTED))),
        TREE,
        new Traffic(81_000_000, 81_000_000, 0, 81_000_000),
        81_100_000,
        Duration.ofMillis(9800),
        false);
  }

  private static NodeProgressed progress(String name, long done) {
    return new NodeProgressed(
        node(name), new AgentEvent.Progress(AgentEvent.Phase.FETCH, done, 102_400_000));
  }
}
