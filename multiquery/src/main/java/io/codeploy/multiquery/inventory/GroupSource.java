package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A place where groups of nodes have names. */
@FunctionalInterface
public interface GroupSource {
  /**
   * The nodes of a group, in the order of the source, each name once or more.
   *
   * @return empty if the source has no such group, or is not there at all
   * @throws NodeListException if the source is there and cannot be read
   */
  Optional<List<Node>> find(String group) throws NodeListException;

  /** The groups that it can tell of without being asked for one, for completion; perhaps none. */
  default Set<String> names() {
    return Set.of();
  }
}
