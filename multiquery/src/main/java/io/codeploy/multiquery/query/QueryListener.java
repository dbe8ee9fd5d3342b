package io.codeploy.multiquery.query;

/**
 * Sees answers as they come. Called once per node that was launched, by one thread at a time. It
 * may block, which holds up other nodes' answers but not their commands.
 */
@FunctionalInterface
public interface QueryListener {
  /** A node is done, one way or another. The listener closes {@code answer}. */
  void answered(NodeAnswer answer);
}
