package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.source.RawNames;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the sources of a pull go, below its destination: names between slashes, with placeholders
 * such as {@code {node}/{name}}. Whatever nodes and files are called, a place is below the
 * destination.
 */
public final class Layout {
  private static final String NAME = "{name}";
  private static final String PATH = "{path}";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(node|user|port|rank|name|path)}");

  private final List<String> parts;

  private Layout(List<String> parts) {
    this.parts = parts;
  }

  /**
   * Reads a layout.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Layout parse(String text) {
    List<String> parts = Arrays.asList(text.split("/", -1));
    for (String part : parts) {
      String rest = PLACEHOLDER.matcher(part).replaceAll("x");
      if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
        throw new IllegalArgumentException(
            "placeholders are {node}, {user}, {port}, {rank}, {name} and {path}");
      }
      if (!isSafe(rest)) {
        throw new IllegalArgumentException(
            "a path below the destination is wanted, without .. and such");
      }
      if (part.contains(PATH) && !part.equals(PATH)) {
        throw new IllegalArgumentException("{path} has to be between slashes, alone");
      }
    }
    return new Layout(parts);
  }

  private static boolean isSafe(String part) {
    return !part.isEmpty()
        && !part.equals(".")
        && !part.equals("..")
        && !part.startsWith(".multicopy-")
        && part.indexOf('/') < 0
        && part.indexOf('\0') < 0;
  }

  /**
   * The place of a source.
   *
   * @param values of the node: {@code node}, {@code user}, {@code port} and {@code rank}
   * @param path of the source on the node, in wire form; what leads upwards in it is left out
   * @param name of the source, in wire form
   */
  Path place(Map<String, String> values, String path, String name) throws NodeFailedException {
    List<String> names = new ArrayList<>();
    for (String part : parts) {
      if (part.equals(PATH)) {
        Arrays.stream(path.split("/", -1))
            .filter(p -> !p.isEmpty() && !p.equals(".") && !p.equals(".."))
            .forEach(names::add);
      } else {
        names.add(Wire.of(filled(part, values)).replace(NAME, name));
      }
    }
    if (names.isEmpty() || !names.stream().allMatch(Layout::isSafe)) {
      throw Problems.failure(RemoteSource.text(path) + ": cannot be placed by --into");
    }
    return RawNames.path(String.join("/", names));
  }

  /** With all that is of the node. */
  private static String filled(String part, Map<String, String> values) {
    Matcher placeholder = PLACEHOLDER.matcher(part);
    return placeholder.replaceAll(
        found ->
            Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group()))
                .replace('/', '_'));
  }

  /**
   * Whether no two of {@code nodes} can get the same place, or one a place within another's,
   * whatever their files are called.
   */
  boolean isApart(Collection<Map<String, String>> nodes) {
    Map<String, List<Map<String, String>>> alike = new HashMap<>();
    for (Map<String, String> node : nodes) {
      alike.computeIfAbsent(fixed(node), key -> new ArrayList<>()).add(node);
    }
    return alike.values().stream().allMatch(some -> some.size() == 1 || isApartByName(some));
  }

  /** What of a place does not depend on the source, at a depth that does not either. */
  private String fixed(Map<String, String> node) {
    StringBuilder key = new StringBuilder();
    for (String part : beforePath()) {
      key.append('/').append(part.contains(NAME) ? "" : filled(part, node));
    }
    return key.toString();
  }

  private List<String> beforePath() {
    int path = parts.indexOf(PATH);
    return path < 0 ? parts : parts.subList(0, path);
  }

  /** Whether there is a part with a name in it that tells all of {@code nodes} apart. */
  private boolean isApartByName(List<Map<String, String>> nodes) {
    return beforePath().stream()
        .filter(part -> part.contains(NAME))
        .anyMatch(part -> differ(nodes, part, false) || differ(nodes, part, true));
  }

  /** Whether what is before the first name, or after the last, begins or ends nobody else's. */
  private static boolean differ(List<Map<String, String>> nodes, String part, boolean end) {
    String around =
        end
            ? part.substring(part.lastIndexOf(NAME) + NAME.length())
            : part.substring(0, part.indexOf(NAME));
    List<String> sorted =
        nodes.stream()
            .map(node -> filled(around, node))
            .map(text -> end ? new StringBuilder(text).reverse().toString() : text)
            .sorted()
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).startsWith(sorted.get(i - 1))) {
        return false;
      }
    }
    return true;
  }
}
