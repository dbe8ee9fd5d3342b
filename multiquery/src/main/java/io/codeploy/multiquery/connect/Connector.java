package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.node.Node;
import java.time.Duration;

/** Opens connections to nodes. Safe for use by many threads. Closing it closes all connections. */
public interface Connector extends AutoCloseable {
  /**
   * Connects to {@code node}, checks its host key and authenticates.
   *
   * @param limit for all three together
   * @throws NodeFailedException if the node cannot be used
   * @throws InterruptedException if interrupted; no half-open connection is left
   */
  Connection connect(Node node, Duration limit) throws NodeFailedException, InterruptedException;

  @Override
  void close();
}
