package io.codeploy.multicopy.pull;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A layout, and what its placeholders stand for at each node of a run. */
public final class Into {
  private final Layout layout;
  private final Map<Node, Map<String, String>> values = new HashMap<>();

  /**
   * For {@code nodes} in the order of their ranks.
   *
   * @param user of a node whose line has none
   */
  public Into(Layout layout, List<Node> nodes, String user) {
    this.layout = layout;
    for (Node node : nodes) {
      values.putIfAbsent(
          node,
          Map.of(
              "node", node.name(),
              "user", node.user().orElse(user),
              "port", Integer.toString(node.port().orElse(22)),
              "rank", Integer.toString(values.size())));
    }
  }

  /** Whether none of {@code nodes}, which have one destination, can be in another's way. */
  public boolean isApart(Collection<Node> nodes) {
    return layout.isApart(nodes.stream().map(node -> values.getOrDefault(node, Map.of())).toList());
  }

  /** The place of {@code source} below the destination. */
  Path of(Node node, RemoteSource source) throws NodeFailedException {
    return layout.place(values.getOrDefault(node, Map.of()), source.path(), source.name());
  }
}
