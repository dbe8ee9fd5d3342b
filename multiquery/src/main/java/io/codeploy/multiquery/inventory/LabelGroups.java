package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.List;
import java.util.Optional;

/** The labels of a node list as groups: {@code site=fra}. */
public final class LabelGroups implements GroupSource {
  private final NodeSupplier list;

  public LabelGroups(NodeSupplier list) {
    this.list = list;
  }

  @Override
  public Optional<List<Node>> find(String group) throws NodeListException {
    if (group.indexOf('=') < 0) {
      return Optional.empty();
    }
    List<Node> labelled = list.nodes().stream().filter(node -> has(node, group)).toList();
    return labelled.isEmpty() ? Optional.empty() : Optional.of(labelled);
  }

  /** Whether {@code node} has the label {@code key=value}. */
  public static boolean has(Node node, String label) {
    int equals = label.indexOf('=');
    return label.substring(equals + 1).equals(node.labels().get(label.substring(0, equals)));
  }
}
