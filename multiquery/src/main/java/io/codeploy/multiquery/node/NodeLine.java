package io.codeploy.multiquery.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of a node list. */
final class NodeLine {
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]+)](?::(\\d{1,5}))?");
  private static final Pattern PLAIN = Pattern.compile("([^:/\\[\\]]+)(?::(\\d{1,5}))?");
  private static final Pattern BARE_IPV6 =
      Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[^\\[\\]]*");
  private static final Pattern LABEL = Pattern.compile("([A-Za-z][\\w-]*)=(\\S+)");

  private NodeLine() {}

  static Node parse(String line) {
    List<String> words = List.of(line.split("\\s+"));
    String address = words.getFirst();
    int at = address.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(address.substring(0, at));
    String hostAndPort = address.substring(at + 1);
    if (user.filter(String::isEmpty).isPresent() || hostAndPort.isEmpty()) {
      throw notANode(address);
    }
    Map<String, String> labels = labels(words.subList(1, words.size()));
    if (BARE_IPV6.matcher(hostAndPort).matches()) {
      return new Node(hostAndPort, hostAndPort, user, OptionalInt.empty(), labels);
    }
    Matcher matcher = (hostAndPort.startsWith("[") ? BRACKETED : PLAIN).matcher(hostAndPort);
    // A leading dash would be taken for an option, and .. for a directory, where a name is handed
    // on.
    if (!matcher.matches() || matcher.group(1).matches("-.*|\\.{1,2}")) {
      throw notANode(address);
    }
    String host = matcher.group(1);
    return new Node(host, host, user, port(matcher.group(2), address), labels);
  }

  private static OptionalInt port(@Nullable String digits, String address) {
    if (digits == null) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw notANode(address);
    }
    return OptionalInt.of(port);
  }

  private static Map<String, String> labels(List<String> words) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String word : words) {
      Matcher matcher = LABEL.matcher(word);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("\"" + word + "\" is not a label; write key=value");
      }
      labels.put(matcher.group(1), matcher.group(2));
    }
    return labels;
  }

  private static IllegalArgumentException notANode(String address) {
    return new IllegalArgumentException(
        "\"" + address + "\" is not a node; write [user@]host[:port]");
  }
}
