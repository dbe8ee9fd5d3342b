package io.codeploy.cli.deploy;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.Objects;

/** A node and what became of it. */
public record NodeResult(Node node, NodeOutcome<NodeReport> outcome) {
  public NodeResult {
    Objects.requireNonNull(node, "node is null");
    Objects.requireNonNull(outcome, "outcome is null");
  }
}
