package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.List;
import java.util.Optional;

/** What another supplier gives, asked for once. For one thread. */
public final class Remembered implements NodeSupplier {
  private final NodeSupplier source;
  private Optional<List<Node>> nodes = Optional.empty();

  public Remembered(NodeSupplier source) {
    this.source = source;
  }

  @Override
  public List<Node> nodes() throws NodeListException {
    if (nodes.isEmpty()) {
      nodes = Optional.of(source.nodes());
    }
    return nodes.get();
  }
}
