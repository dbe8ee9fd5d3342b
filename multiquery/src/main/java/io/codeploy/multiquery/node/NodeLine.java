package io.codeploy.multiquery.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of one line of a node list: a node, perhaps with ranges, and its labels. */
final class NodeLine {
  static final String HOST = "host";
  static final String USER = "user";
  static final String PORT = "port";

  private static final Pattern LABEL = Pattern.compile("([A-Za-z][\\w.-]*)=(\\S+)");

  private NodeLine() {}

  /**
   * The nodes that a line means.
   *
   * @param words at least one
   * @param most how many there may be
   */
  static List<Node> parse(List<String> words, int most) throws NodeListException {
    return nodes(words.getFirst(), labels(words.subList(1, words.size())), most);
  }

  /**
   * The nodes that {@code word} means.
   *
   * @param all labels, with those that say where the nodes are
   */
  static List<Node> nodes(String word, Map<String, String> all, int most) throws NodeListException {
    Map<String, String> labels = new LinkedHashMap<>(all);
    Optional<String> host = Optional.ofNullable(labels.remove(HOST));
    Optional<String> user = Optional.ofNullable(labels.remove(USER));
    @Nullable String port = labels.remove(PORT);
    List<Node> nodes = new ArrayList<>();
    for (String name : NodePattern.expand(word, most)) {
      NodeAddress address = NodeAddress.parse(name);
      nodes.add(
          new Node(
              name,
              host.isEmpty() ? address.host() : host(host.get()),
              user.isEmpty() ? address.user() : user(user.get(), address),
              port == null ? address.port() : port(port, address),
              labels));
    }
    return nodes;
  }

  private static String host(String host) throws NodeListException {
    if (!NodeAddress.isHost(host)) {
      throw new NodeListException(Quoted.text("host=" + host) + " is not a host");
    }
    return host;
  }

  private static Optional<String> user(String user, NodeAddress address) throws NodeListException {
    if (address.user().isPresent() || !NodeAddress.isUser(user)) {
      throw new NodeListException(
          Quoted.text("user=" + user) + " is not a login, or beside one in the name");
    }
    return Optional.of(user);
  }

  private static OptionalInt port(String digits, NodeAddress address) throws NodeListException {
    if (address.port().isPresent() || !digits.matches("\\d{1,5}")) {
      throw new NodeListException(
          Quoted.text("port=" + digits) + " is not a port, or beside one in the name");
    }
    return NodeAddress.port(digits, "port=" + digits);
  }

  private static Map<String, String> labels(List<String> words) throws NodeListException {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String word : words) {
      Matcher matcher = LABEL.matcher(word);
      if (!matcher.matches()) {
        throw new NodeListException(Quoted.text(word) + " is not a label; write key=value");
      }
      if (labels.put(matcher.group(1), matcher.group(2)) != null) {
        throw new NodeListException(
            "the label " + Quoted.text(matcher.group(1)) + " is there twice");
      }
    }
    return labels;
  }
}
