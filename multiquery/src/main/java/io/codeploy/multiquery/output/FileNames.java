package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file name for each node of a list: its own name, made safe and unlike all others. */
final class FileNames {
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:@+,=";

  private FileNames() {}

  /**
   * The names, in the order of the nodes. Bytes that mean something to a shell or a file system are
   * written as {@code %2f}, and so is a dot at the start; a node that is listed again has {@code
   * #2} after its name.
   */
  static List<String> of(List<Node> nodes) {
    Map<String, Integer> uses = new HashMap<>();
    List<String> names = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      String name = safe(node.name());
      int use = uses.merge(name, 1, Integer::sum);
      names.add(use == 1 ? name : name + "#" + use);
    }
    return names;
  }

  private static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      // What is not ASCII is a letter of some language.
      boolean plain = b < 0 || PLAIN.indexOf(b) >= 0 || (b == '.' && !safe.isEmpty());
      safe.append(plain ? String.valueOf((char) (b & 0xff)) : "%%%02x".formatted(b & 0xff));
    }
    return new String(
        safe.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
