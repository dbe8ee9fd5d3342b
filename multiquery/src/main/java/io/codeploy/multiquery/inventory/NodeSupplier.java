package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.List;

/** Nodes that are read when they are wanted. */
@FunctionalInterface
public interface NodeSupplier {
  /** The nodes; perhaps none. */
  List<Node> nodes() throws NodeListException;
}
