package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Opens connections to nodes. Safe for use by many threads. Closing it closes all connections. */
public interface Connector extends AutoCloseable {
  /**
   * Asks the person at the terminal, before any limit runs, for what connecting to {@code nodes}
   * will need, such as passphrases.
   *
   * @throws IOException if a key that was asked for by name cannot be used
   */
  default void prepare(List<Node> nodes) throws IOException {}

  /**
   * Connects to {@code node}, checks its host key and authenticates.
   *
   * @param limit for all three together
   * @throws NodeFailedException if the node cannot be used
   * @throws InterruptedException if interrupted; no half-open connection is left
   */
  Connection connect(Node node, Duration limit) throws NodeFailedException, InterruptedException;

  /**
   * Where connections are kept for the next use: has the next use of {@code nodes} connect anew.
   * What is under way is not disturbed.
   */
  default void forget(Collection<Node> nodes) {}

  @Override
  void close();
}
