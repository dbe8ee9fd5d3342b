package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.Objects;

/** What is told of a run while it goes on. */
public sealed interface DeployEvent {
  /** A phase begins, on so many nodes; phases do not overlap. */
  record PhaseStarted(Phase phase, int nodes) implements DeployEvent {}

  /** The tree is known. Sent once, within {@link Phase#SCAN}. */
  record TreeScanned(TreeSize tree) implements DeployEvent {}

  /** Something to know that is no failure; one line. */
  record Noted(String message) implements DeployEvent {}

  /** A node is through with a phase that is not its last one. */
  record NodePassed(Node node, Phase phase) implements DeployEvent {}

  /** A sign of life of a node within {@link Phase#TRANSFER}. May be left out under load. */
  record NodeProgressed(Node node, AgentEvent.Progress progress) implements DeployEvent {}

  /** A node is done, well or not. Sent exactly once a node, unless the whole run breaks. */
  record NodeEnded(Node node, NodeOutcome<NodeReport> outcome) implements DeployEvent {
    public NodeEnded {
      Objects.requireNonNull(outcome, "outcome is null");
    }
  }

  /** A phase is over. */
  record PhaseEnded(Phase phase, Duration elapsed) implements DeployEvent {}
}
