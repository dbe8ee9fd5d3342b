package io.codeploy.multicopy.expand;

import io.codeploy.multiquery.node.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is copied for one node: all sources go to the one destination, as {@code scp} has it. */
public record NodeCopy(Node node, List<Location> sources, Location destination) {
  public NodeCopy {
    Objects.requireNonNull(node, "node is null");
    Objects.requireNonNull(destination, "destination is null");
    sources = List.copyOf(sources);
  }

  /** Whether the node has to be reached at all. */
  public boolean remote() {
    return destination instanceof Location.Remote
        || sources.stream().anyMatch(Location.Remote.class::isInstance);
  }

  /** Whether it is to the node, from wherever. */
  public boolean toNode() {
    return destination instanceof Location.Remote;
  }

  /** Whether it is from the node to here. */
  public boolean pull() {
    return destination instanceof Location.Local
        && sources.stream().allMatch(Location.Remote.class::isInstance);
  }

  /**
   * A source here and another one on the node that would get one place here, as far as their names
   * tell.
   */
  Optional<String> clash() {
    if (toNode() || pull() || !remote()) {
      return Optional.empty();
    }
    Map<String, Location> byName = new HashMap<>();
    for (Location source : sources) {
      Optional<Location> other = source.name().map(name -> byName.put(name, source));
      if (other.isPresent()) {
        return Optional.of(
            "%s and %s would get one name in %s; give them directories of their own"
                .formatted(other.get().text(), source.text(), destination.text()));
      }
    }
    return Optional.empty();
  }

  /** Whether it is from here to the node. */
  public boolean push() {
    return destination instanceof Location.Remote
        && sources.stream().allMatch(Location.Local.class::isInstance);
  }
}
