package io.codeploy.multicopy.transfer;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.Timings;
import java.util.Objects;

/**
 * How the copy for a node that was launched ended.
 *
 * @param rank of the node in the request, from 0
 * @param totals also where the copy failed
 */
public record CopyResult(
    int rank, Node node, NodeOutcome<CopyTotals> outcome, CopyTotals totals, Timings timings) {
  public CopyResult {
    Objects.requireNonNull(node, "node is null");
    Objects.requireNonNull(outcome, "outcome is null");
    Objects.requireNonNull(totals, "totals is null");
    Objects.requireNonNull(timings, "timings is null");
  }
}
