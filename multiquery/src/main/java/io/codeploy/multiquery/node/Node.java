package io.codeploy.multiquery.node;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * One machine of a node list.
 *
 * @param name as listed, with user and port where the list has them, for all output and for
 *     {@code @}; fit to be a component of a path; unique names are not required
 * @param host what is looked up in ssh_config and, failing an entry there, connected to
 * @param user login named by the list; otherwise MQ_SLICE, ssh_config, or the local user decide
 * @param port port named by the list; otherwise ssh_config or 22
 * @param labels such as {@code site=fra}
 */
public record Node(
    String name, String host, Optional<String> user, OptionalInt port, Map<String, String> labels) {
  public Node {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(host, "host is null");
    Objects.requireNonNull(user, "user is null");
    Objects.requireNonNull(port, "port is null");
    labels = Map.copyOf(labels);
  }

  /**
   * The nodes that a word of a list means.
   *
   * @param word {@code [user@]host[:port]}, perhaps with ranges
   * @param labels of all of them; {@code host}, {@code user} and {@code port} say where a node is
   *     if its name does not
   */
  public static List<Node> of(String word, Map<String, String> labels) throws NodeListException {
    return NodeLine.nodes(word, labels, NodeList.MAX_NODES);
  }

  /** The label {@code site}, which groups nodes that are near each other. */
  public Optional<String> site() {
    return Optional.ofNullable(labels.get("site"));
  }

  /** The line of a node list that means this node: its name, and what that does not tell. */
  public String line() {
    Map<String, String> more = new TreeMap<>(labels);
    Optional<NodeAddress> told = told();
    if (!told.map(NodeAddress::host).equals(Optional.of(host))) {
      more.put(NodeLine.HOST, host);
    }
    if (user.isPresent() && !told.map(NodeAddress::user).equals(Optional.of(user))) {
      more.put(NodeLine.USER, user.get());
    }
    if (port.isPresent() && !told.map(NodeAddress::port).equals(Optional.of(port))) {
      more.put(NodeLine.PORT, String.valueOf(port.getAsInt()));
    }
    StringBuilder line = new StringBuilder(name);
    more.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    return line.toString();
  }

  private Optional<NodeAddress> told() {
    try {
      return Optional.of(NodeAddress.parse(name));
    } catch (NodeListException e) {
      // A name that was not read from a list.
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
