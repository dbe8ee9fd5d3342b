package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Sees what happens in a run, by one thread at a time: for each node that was launched any number
 * of pieces of output, then its answer; then the nodes that were not; at last the end.
 *
 * <p>It may block, on a terminal for instance. While it does, commands whose output is delivered
 * live come to a halt as soon as they have filled the buffers on the way, a few megabytes each;
 * others run on.
 */
@FunctionalInterface
public interface QueryListener {
  /** In which form the listener wants output; the same at every call. */
  default Delivery delivery() {
    return Delivery.WHOLE;
  }

  /**
   * A node's turn has come; {@code rank} is its place in the request, from 0. The one call that may
   * come from several threads at once and must not block, since it would hold up the node.
   */
  default void launched(int rank, Node node) {}

  /**
   * A node has written. Called for live delivery only, in the order of arrival; a piece ends
   * anywhere, also within a character.
   *
   * @param bytes the engine's: good during the call, and not to be changed
   * @throws IOException if the output cannot be taken, which fails the node
   */
  default void wrote(OutputSource source, byte[] bytes, int offset, int length)
      throws IOException {}

  /** A node is done, one way or another. The listener closes {@code answer}. */
  void answered(NodeAnswer answer);

  /**
   * The run's barrier opened, {@code after} it began, before all nodes had answered.
   *
   * @param arrived how many had
   * @param stragglers nodes that were under way
   */
  default void opened(int arrived, List<Node> stragglers, Duration after) {}

  /**
   * A node's turn never came, since the run was over before. Called after all answers, in the order
   * of ranks.
   */
  default void unlaunched(int rank, Node node, NodeOutcome<ExitStatus> outcome) {}

  /** All nodes are done, or the run was stopped. Nothing else follows. */
  default void ended() {}
}
