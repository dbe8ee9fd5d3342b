package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.List;
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

  /**
   * A phase need not wait for everybody any longer, so long after the run began.
   *
   * @param arrived how many nodes have come through it
   * @param stragglers those under way
   */
  record BarrierOpened(Phase phase, int arrived, List<Node> stragglers, Duration after)
      implements DeployEvent {
    public BarrierOpened {
      stragglers = List.copyOf(stragglers);
      Objects.requireNonNull(after, "after is null");
    }
  }

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
