package io.codeploy.cli.deploy;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.List;

/**
 * What became of the agents that were asked to end.
 *
 * @param outcomes one for each of {@code nodes}; true where an agent ran
 */
public record StopResult(List<Node> nodes, List<NodeOutcome<Boolean>> outcomes) {
  public StopResult {
    nodes = List.copyOf(nodes);
    outcomes = List.copyOf(outcomes);
    if (nodes.size() != outcomes.size()) {
      throw new IllegalArgumentException(
          outcomes.size() + " outcomes for " + nodes.size() + " nodes");
    }
  }
}
