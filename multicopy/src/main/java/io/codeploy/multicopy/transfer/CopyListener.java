package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.relay.RelayReport;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.List;

/**
 * Sees what happens in a run, but for {@link #launched} by one thread at a time, and must not block
 * for long: for each node that was launched its result; then the nodes that were not; at last the
 * end.
 */
@FunctionalInterface
public interface CopyListener {
  /**
   * A node's turn has come. May be called by several threads at once, and must not block.
   *
   * @param rank its place in the request, from 0
   * @param progress of its copy from now on, to be looked at by anybody at any time
   */
  default void launched(int rank, Node node, Progress progress) {}

  /** A node is done, one way or another. */
  void finished(CopyResult result);

  /**
   * The run's barrier opened, {@code after} it began, before all copies were done.
   *
   * @param arrived how many were
   * @param stragglers nodes that were under way
   */
  default void opened(int arrived, List<Node> stragglers, Duration after) {}

  /**
   * A node's turn never came, since the run was over before. Called after all results, in the order
   * of ranks.
   */
  default void unlaunched(int rank, Node node, NodeOutcome<CopyTotals> outcome) {}

  /** This is what relaying has saved. Called before the end, where that was asked for. */
  default void relayed(RelayReport report) {}

  /** All nodes are done, or the run was stopped. Nothing else follows. */
  default void ended() {}
}
