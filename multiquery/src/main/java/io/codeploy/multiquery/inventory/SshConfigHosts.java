package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hosts that ssh_config names, by patterns: {@code *}, {@code web*}. */
public final class SshConfigHosts implements GroupSource {
  private final Names names;

  /** Words of {@code Host} lines. */
  @FunctionalInterface
  public interface Names {
    /** In the order of the files, patterns and negations among them. */
    List<String> read() throws IOException;
  }

  public SshConfigHosts(Names names) {
    this.names = names;
  }

  @Override
  public Optional<List<Node>> find(String group) throws NodeListException {
    if (!Glob.isGlob(group)) {
      return Optional.empty();
    }
    Glob glob = new Glob(group);
    List<Node> nodes = new ArrayList<>();
    for (String name : new LinkedHashSet<>(read())) {
      if (!name.startsWith("!") && !Glob.isGlob(name) && glob.matches(name)) {
        nodes.addAll(Node.of(name, Map.of()));
      }
    }
    return nodes.isEmpty() ? Optional.empty() : Optional.of(nodes);
  }

  private List<String> read() throws NodeListException {
    try {
      return names.read();
    } catch (IOException e) {
      throw new NodeListException(String.valueOf(e.getMessage()), e);
    }
  }
}
