package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.ListText;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.node.NodePattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * The genders file of a cluster: nodes with attributes, which are the groups ({@code attr} or
 * {@code attr=value}). {@code node[1-3],other attr,attr=value}; lines of a node add up.
 */
public final class Genders implements GroupSource {
  private static final String OUTSIDE_COMMA = ",(?![^\\[\\]]*])";
  private static final Pattern ESCAPE = Pattern.compile("%[n%]");

  private final Path file;

  public Genders(Path file) {
    this.file = file;
  }

  @Override
  public Optional<List<Node>> find(String group) throws NodeListException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    int equals = group.indexOf('=');
    String attribute = equals < 0 ? group : group.substring(0, equals);
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(group.substring(equals + 1));
    List<Node> members = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> node : read().entrySet()) {
      Optional<String> found = Optional.ofNullable(node.getValue().get(attribute));
      if (found.isPresent() && (value.isEmpty() || value.equals(found))) {
        members.addAll(Node.of(node.getKey(), labels(node.getValue())));
      }
    }
    return members.isEmpty() ? Optional.empty() : Optional.of(members);
  }

  /** Attributes by node; one without a value has an empty one. */
  private SequencedMap<String, Map<String, String>> read() throws NodeListException {
    SequencedMap<String, Map<String, String>> attributes = new LinkedHashMap<>();
    int number = 0;
    for (String line : ListText.lines(ListText.read(file))) {
      number++;
      List<String> words = List.of(ListText.content(line).split("\\s+", 2));
      try {
        for (String word : words.getFirst().split(OUTSIDE_COMMA, 0)) {
          for (String node : NodePattern.expand(word, NodeList.MAX_NODES)) {
            add(words, node, attributes);
          }
        }
      } catch (NodeListException e) {
        throw e.at(file + ", line " + number);
      }
    }
    attributes.remove("");
    return attributes;
  }

  private static void add(
      List<String> words, String node, Map<String, Map<String, String>> attributes)
      throws NodeListException {
    Map<String, String> own = attributes.computeIfAbsent(node, any -> new LinkedHashMap<>());
    if (attributes.size() > NodeList.MAX_NODES) {
      throw new NodeListException("more than " + NodeList.MAX_NODES + " nodes");
    }
    for (String attribute : words.getLast().split("[,\\s]+", 0)) {
      int equals = attribute.indexOf('=');
      if (words.size() == 2 && !attribute.isEmpty()) {
        String key = equals < 0 ? attribute : attribute.substring(0, equals);
        String value = equals < 0 ? "" : attribute.substring(equals + 1);
        own.put(key, ESCAPE.matcher(value).replaceAll(m -> m.group().equals("%n") ? node : "%"));
      }
    }
  }

  /** Attributes with values, such as site; genders means others things by those left out. */
  private static Map<String, String> labels(Map<String, String> attributes) {
    Map<String, String> labels = new LinkedHashMap<>(attributes);
    labels.values().removeIf(String::isEmpty);
    labels.keySet().removeAll(List.of("host", "user", "port"));
    return labels;
  }
}
