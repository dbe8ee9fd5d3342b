package io.codeploy.multicopy.expand;

import io.codeploy.multiquery.node.Node;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a copy: all but the last are sources, the last is the destination.
 *
 * <p>{@code @:} at the start of an argument makes it a path on the node, from the login's home
 * directory, which {@code ~/} is as well. Any other {@code @}, anywhere, becomes the node's name;
 * {@code @@} is a literal {@code @}.
 *
 * @param sources at least one
 */
public record CopyArguments(List<String> sources, String destination) {
  private static final String REMOTE = "@:";

  public CopyArguments {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a copy needs a source and a destination");
    }
  }

  /**
   * Splits a command line.
   *
   * @throws IllegalArgumentException for fewer than two arguments or an empty one
   */
  public static CopyArguments of(List<String> arguments) {
    if (arguments.size() < 2) {
      throw new IllegalArgumentException("a copy needs a source and a destination");
    }
    if (arguments.contains("")) {
      throw new IllegalArgumentException("empty path among the sources and the destination");
    }
    int last = arguments.size() - 1;
    return new CopyArguments(arguments.subList(0, last), arguments.get(last));
  }

  /** The sources here that are the same for all nodes. */
  public List<Location.Local> common() {
    return sources.stream()
        .filter(source -> !source.startsWith(REMOTE) && !source.replace("@@", "").contains("@"))
        .map(source -> new Location.Local(source.replace("@@", "@")))
        .toList();
  }

  /** The copy that these arguments mean for {@code node}. */
  public NodeCopy forNode(Node node) {
    return new NodeCopy(
        node, sources.stream().map(s -> expand(s, node)).toList(), expand(destination, node));
  }

  /**
   * Two that would write the same local path, which is refused before anything starts: nodes, where
   * the destination's name does not depend on the node, or a source on a node and one here.
   */
  public Optional<String> collision(List<Node> nodes) {
    return nodes.stream()
        .flatMap(node -> forNode(node).clash().stream())
        .findFirst()
        .or(() -> ofNodes(nodes));
  }

  private Optional<String> ofNodes(List<Node> nodes) {
    Map<Path, Node> writers = new HashMap<>();
    for (Node node : nodes) {
      NodeCopy copy = forNode(node);
      if (copy.destination() instanceof Location.Local local) {
        String path = local.path();
        Node other = writers.putIfAbsent(Path.of(path).normalize(), node);
        if (other != null) {
          return Optional.of(
              other.name().equals(node.name())
                  ? "%s is listed twice, and would write %s twice".formatted(node.name(), path)
                  : "%s and %s would both write %s; put @ into the destination"
                      .formatted(other.name(), node.name(), path));
        }
      }
    }
    return Optional.empty();
  }

  private static Location expand(String argument, Node node) {
    if (argument.startsWith(REMOTE)) {
      String path = names(argument.substring(REMOTE.length()), node);
      return new Location.Remote(fromHome(path));
    }
    return new Location.Local(names(argument, node));
  }

  /** A path is relative to the home directory anyway; {@code ~//etc} is not below the root. */
  private static String fromHome(String path) {
    boolean home = path.equals("~") || path.startsWith("~/");
    String below = home ? path.replaceFirst("~/*", "") : path;
    return below.isEmpty() ? "." : below;
  }

  private static String names(String text, Node node) {
    StringBuilder expanded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '@') {
        expanded.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '@') {
        expanded.append('@');
        i++;
      } else {
        expanded.append(node.name());
      }
    }
    return expanded.toString();
  }
}
