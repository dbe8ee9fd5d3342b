package io.codeploy.multicopy.push;

import io.codeploy.multicopy.plan.Change;
import io.codeploy.multicopy.plan.Plan;
import io.codeploy.multicopy.source.SourceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a push would do. */
final class PushPlan {
  private PushPlan() {}

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
      tree.there()
          .extras()
          .eachDoomed((name, found) -> changes.add(Change.deletion(root + name, found)));
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
}
