package io.codeploy.multiquery.prompt;

import java.util.List;

/**
 * A run that is over.
 *
 * @param results one per node, in the order of the nodes
 * @param status what the command line would have exited with
 */
public record LastRun(List<NodeResult> results, int status) {
  public LastRun {
    results = List.copyOf(results);
  }
}
