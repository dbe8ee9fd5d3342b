package io.codeploy.multicopy.push;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.SourceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that a push would do on a node.
 *
 * @param unchanged how many files, directories and links are there as they should be
 */
public record Plan(List<Change> changes, int unchanged) {
  public Plan {
    changes = List.copyOf(changes);
  }

  /** A line for each change, then {@code . <n> unchanged}. */
  public String text() {
    return changes.stream().map(change -> change.line() + "\n").collect(Collectors.joining())
        + ". "
        + unchanged
        + " unchanged\n";
  }

  /**
   * Out of what was found.
   *
   * @param base directory that takes the sources
   */
  static Plan of(List<NodeTree> trees, String base) {
    String plain = base.replaceFirst("^(\\./)+", "").replaceFirst("^\\.$", "");
    String prefix = plain.isEmpty() || plain.endsWith("/") ? plain : plain + "/";
    List<Change> changes = new ArrayList<>();
    int unchanged = 0;
    for (NodeTree tree : trees) {
      for (int i = 0; i < tree.size(); i++) {
        Optional<Change> change = change(tree, i, prefix);
        change.ifPresent(changes::add);
        unchanged += change.isPresent() ? 0 : 1;
      }
      String root = prefix + tree.target() + "/";
      tree.extras().eachDoomed((name, found) -> changes.add(deletion(root + name, found)));
    }
    return new Plan(changes, unchanged);
  }

  private static Optional<Change> change(NodeTree tree, int index, String prefix) {
    SourceEntry entry = tree.entry(index);
    String path = prefix + tree.path(index) + (entry.isDirectory() ? "/" : "");
    return switch (tree.difference(index)) {
      case ABSENT -> Optional.of(new Change(Change.Kind.SEND, entry.size(), path));
      case CONTENT -> Optional.of(new Change(Change.Kind.REPLACE, entry.size(), path));
      case ATTRIBUTES -> Optional.of(new Change(Change.Kind.SET, 0, path));
      case NONE, BLOCKED -> Optional.empty();
    };
  }

  private static Change deletion(String path, Found found) {
    return switch (found.kind()) {
      case DIRECTORY -> new Change(Change.Kind.DELETE, 0, path + "/");
      case FILE -> new Change(Change.Kind.DELETE, found.size(), path);
      case LINK, OTHER -> new Change(Change.Kind.DELETE, 0, path);
    };
  }
}
