package io.codeploy.multiquery.select;

import io.codeploy.multiquery.node.Node;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes an operand means when it is compared with others. Case is not looked at, as in DNS.
 */
final class Meaning {
  private final Set<String> names = new HashSet<>();
  private final Set<String> hosts = new HashSet<>();

  private Meaning() {}

  /**
   * What {@code operands} mean that somebody typed: nodes of their names and, for those without
   * user and port, nodes on the same host. A word may be the host of a node of another name.
   */
  static Meaning of(List<Node> operands) {
    Meaning meaning = named(operands);
    for (Node node : operands) {
      if (node.user().isEmpty() && node.port().isEmpty()) {
        meaning.hosts.add(key(node.name()));
        meaning.hosts.add(key(node.host()));
      }
    }
    return meaning;
  }

  /** Nodes with the names of {@code nodes} and no others. */
  static Meaning named(List<Node> nodes) {
    Meaning meaning = new Meaning();
    nodes.forEach(node -> meaning.names.add(key(node.name())));
    return meaning;
  }

  /** Those of {@code typed} that mean none of {@code nodes}. */
  static List<Node> strangers(List<Node> typed, List<Node> nodes) {
    Meaning known = named(nodes);
    nodes.forEach(node -> known.hosts.add(key(node.host())));
    return typed.stream().filter(node -> !known.covered(node)).toList();
  }

  private boolean covered(Node typed) {
    boolean hostOnly = typed.user().isEmpty() && typed.port().isEmpty();
    return names.contains(key(typed.name()))
        || (hostOnly && (hosts.contains(key(typed.name())) || hosts.contains(key(typed.host()))));
  }

  private boolean covers(Node node) {
    return names.contains(key(node.name()))
        || hosts.contains(key(node.name()))
        || hosts.contains(key(node.host()));
  }

  /** Those of {@code nodes} that are covered, or those that are not. */
  List<Node> split(List<Node> nodes, boolean covered) {
    return nodes.stream().filter(node -> covers(node) == covered).toList();
  }

  /** All nodes of {@code lists}, the first of each name. */
  static List<Node> distinct(List<List<Node>> lists) {
    Map<String, Node> distinct = new LinkedHashMap<>();
    lists.forEach(list -> list.forEach(node -> distinct.putIfAbsent(node.name(), node)));
    return List.copyOf(distinct.values());
  }

  private static String key(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
