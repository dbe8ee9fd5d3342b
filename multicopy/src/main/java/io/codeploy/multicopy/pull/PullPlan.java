package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Change;
import io.codeploy.multicopy.plan.Plan;
import io.codeploy.multicopy.source.RawNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pull would do. */
final class PullPlan {
  private PullPlan() {}

  /** Out of what was found; paths are those of here. */
  static Plan of(List<LocalTree> trees) {
    List<Change> changes = new ArrayList<>();
    int unchanged = 0;
    for (LocalTree tree : trees) {
      for (int i = 0; i < tree.size(); i++) {
        Optional<Change> change = change(tree, i);
        change.ifPresent(changes::add);
        unchanged += change.isPresent() ? 0 : 1;
      }
      String root = RawNames.text(tree.here(0)) + "/";
      tree.extras().eachDoomed((name, found) -> changes.add(Change.deletion(root + name, found)));
    }
    return new Plan(changes, unchanged);
  }

  private static Optional<Change> change(LocalTree tree, int index) {
    RemoteEntry entry = tree.entry(index);
    long bytes = entry.isFile() ? entry.found().size() : 0;
    String path = RawNames.text(tree.here(index)) + (entry.isDirectory() ? "/" : "");
    return switch (tree.state(index)) {
      case ABSENT -> Optional.of(new Change(Change.Kind.SEND, bytes, path));
      case CONTENT -> Optional.of(new Change(Change.Kind.REPLACE, bytes, path));
      case ATTRIBUTES -> Optional.of(new Change(Change.Kind.SET, 0, path));
      case SAME -> Optional.empty();
    };
  }
}
