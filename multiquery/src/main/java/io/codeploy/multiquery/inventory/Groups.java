package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** Sources by the names that users call them, asked in order. Immutable. */
public final class Groups {
  private final SequencedMap<String, GroupSource> sources;

  private Groups(SequencedMap<String, GroupSource> sources) {
    this.sources = sources;
  }

  /** No source. */
  public static Groups none() {
    return new Groups(new LinkedHashMap<>());
  }

  /** These and one that is asked after them. */
  public Groups with(String name, GroupSource source) {
    SequencedMap<String, GroupSource> more = new LinkedHashMap<>(sources);
    more.put(name, source);
    return new Groups(more);
  }

  /**
   * The nodes of a group.
   *
   * @param name {@code GROUP} for that of the first source that knows it, or {@code SOURCE:GROUP}
   * @throws NodeListException if there is none, or a source on the way cannot be read
   */
  public List<Node> find(String name) throws NodeListException {
    int colon = name.indexOf(':');
    Map<String, GroupSource> asked = sources;
    if (colon >= 0) {
      String source = name.substring(0, colon);
      GroupSource one = sources.get(source);
      if (one == null) {
        throw new NodeListException(
            "no source of groups is called " + source + "; there are " + names(sources));
      }
      asked = Map.of(source, one);
    }
    String group = name.substring(colon + 1);
    for (GroupSource source : asked.values()) {
      Optional<List<Node>> nodes = source.find(group);
      if (nodes.isPresent()) {
        return nodes.get();
      }
    }
    if (colon < 0 && sources.containsKey(group)) {
      throw new NodeListException(
          "%s is where groups come from, and none; write %s:GROUP".formatted(group, group));
    }
    throw new NodeListException("no group is called " + group + " in " + names(asked));
  }

  /** The groups that the sources tell of, for completion: there may be more. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    sources.values().forEach(source -> names.addAll(source.names()));
    return names;
  }

  private static String names(Map<String, GroupSource> sources) {
    return String.join(", ", sources.keySet());
  }
}
