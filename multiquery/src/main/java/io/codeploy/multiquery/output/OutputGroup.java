package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.NodeNames;
import io.codeploy.multiquery.query.CapturedOutput;
import java.util.Collections;
import java.util.List;

/**
 * Nodes whose output is the same, byte by byte.
 *
 * @param output of each of them; the group's to close
 * @param complete whether their commands ended by themselves; otherwise this is what came so far
 * @param names of the nodes, growing
 * @param firstRank the lowest of theirs
 */
record OutputGroup(CapturedOutput output, boolean complete, List<String> names, int firstRank) {
  /** Takes one node more. */
  OutputGroup with(String name, int rank) {
    names.add(name);
    return new OutputGroup(output, complete, names, Math.min(rank, firstRank));
  }

  /** The nodes, folded and counted. */
  String title() {
    String nodes = NodeNames.fold(Collections.unmodifiableList(names)) + " (" + names.size() + ")";
    return complete ? nodes : nodes + ", incomplete";
  }
}
