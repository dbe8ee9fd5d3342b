package io.codeploy.multiquery.node;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One machine of a node list.
 *
 * @param name as listed, for output and for {@code @}; unique names are not required
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

  /** The label {@code site}, which groups nodes that are near each other. */
  public Optional<String> site() {
    return Optional.ofNullable(labels.get("site"));
  }

  @Override
  public String toString() {
    return name;
  }
}
