package io.codeploy.multiquery.fanout;

/**
 * What came before in a run that goes over its nodes more than once: shares, limits and the halt
 * are of the whole run.
 *
 * @param nodes of the run, of which only some may be left
 * @param startNanos when it began
 * @param failures of nodes, up to now
 */
public record RunSoFar(int nodes, long startNanos, int failures) {
  /** A run over {@code nodes} that begins at {@code startNanos}. */
  static RunSoFar none(int nodes, long startNanos) {
    return new RunSoFar(nodes, startNanos, 0);
  }
}
