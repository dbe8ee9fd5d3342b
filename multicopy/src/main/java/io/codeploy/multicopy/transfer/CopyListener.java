package io.codeploy.multicopy.transfer;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;

/** Learns of results as nodes finish. Called by one thread at a time; must not block for long. */
@FunctionalInterface
public interface CopyListener {
  /** {@code node} is done, one way or another. Called once per node. */
  void finished(Node node, NodeOutcome<CopyTotals> outcome);
}
