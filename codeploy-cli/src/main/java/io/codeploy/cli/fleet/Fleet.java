package io.codeploy.cli.fleet;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.util.List;

/** Gets a running agent on a node. Safe for use by many threads. */
public interface Fleet {
  /**
   * Finds the agent of this version on the node, or installs and starts it. Blocks, for as long as
   * an upload may take at the worst.
   *
   * @param connection stays open while the link is used
   * @throws NodeFailedException if the node cannot have an agent; the message says what it lacks
   */
  AgentLink agent(Connection connection) throws NodeFailedException, InterruptedException;

  /** What is to be known of how nodes got their agents so far, and is no failure; a line each. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Asks the agent of the node, of whatever version, to end.
   *
   * @return whether there was one
   */
  boolean stop(Connection connection) throws NodeFailedException, InterruptedException;
}
