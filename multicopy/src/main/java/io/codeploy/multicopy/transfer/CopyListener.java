package io.codeploy.multicopy.transfer;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.List;

/** Learns of results as nodes finish. Called by one thread at a time; must not block for long. */
@FunctionalInterface
public interface CopyListener {
  /** {@code node} is done, one way or another. Called once per node. */
  void finished(Node node, NodeOutcome<CopyTotals> outcome);

  /**
   * The run's barrier opened, {@code after} it began, before all copies were done.
   *
   * @param arrived how many were
   * @param stragglers nodes that were under way
   */
  default void opened(int arrived, List<Node> stragglers, Duration after) {}
}
