package io.codeploy.multicopy.push;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.shell.Look;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node has of some sources, out of one look at it. */
final class Comparison implements Look.Listing {
  private final List<NodeTree> trees = new ArrayList<>();
  private final Map<String, NodeTree> byTarget = new HashMap<>();
  private final List<NodeTree> linked = new ArrayList<>();

  private Comparison() {}

  /** Reads the list of {@code look}. */
  static Comparison of(Look look, List<SourceTree> sources, Selection selection)
      throws IOException {
    Comparison comparison = new Comparison();
    for (SourceTree source : sources) {
      comparison.add(source, look.target(source.name()), selection);
    }
    look.list(comparison);
    comparison.refuseBlocked();
    return comparison;
  }

  private void add(SourceTree source, String target, Selection selection)
      throws NodeFailedException {
    NodeTree tree = new NodeTree(source, trees.size(), target, selection);
    trees.add(tree);
    if (byTarget.put(target, tree) != null) {
      throw ShellPush.failure("two sources are called " + Wire.text(target));
    }
  }

  @Override
  public void found(Optional<Integer> source, String name, Found found) {
    if (source.isPresent()) {
      trees.get(source.get()).there().found(name, found);
    } else if (byTarget.containsKey(name)) {
      byTarget.get(name).there().found("", found);
    }
  }

  @Override
  public void same(int source) {
    trees.get(source).there().same();
  }

  @Override
  public void blocked(int source, Found found) {
    trees.get(source).there().block();
  }

  @Override
  public void linked(int source) {
    linked.add(trees.get(source));
  }

  private void refuseBlocked() throws NodeFailedException {
    for (NodeTree tree : trees) {
      Optional<SourceEntry> blocked = tree.there().blocked();
      if (blocked.isPresent()) {
        String below = blocked.get().name().isEmpty() ? "" : "/" + blocked.get().name();
        throw ShellPush.failure(
            Wire.text(tree.target() + below)
                + ": exists and is not what is copied there; remove it first");
      }
    }
  }

  /**
   * Ends it, and says what is to be done.
   *
   * @param ids whose files may be on the node, where that is kept
   * @throws NodeFailedException if something would be deleted that hardly anybody means
   */
  void settle(Selection selection, Optional<NodeIds> ids) throws NodeFailedException {
    for (NodeTree tree : trees) {
      tree.there().settle(ids);
      if (!tree.there().extras().removals().isEmpty()) {
        String name = Wire.text(tree.target());
        if (linked.contains(tree)) {
          throw ShellPush.failure(
              name + ": is a link, and --delete follows none; name where it leads as destination");
        }
        if (tree.isEmpty() && selection.deletion() != Selection.Deletion.EVEN_ALL) {
          throw ShellPush.failure(
              name + ": all of it would be deleted, for the source is empty; --delete-all does it");
        }
      }
    }
  }

  /** One for each source. */
  List<NodeTree> trees() {
    return trees;
  }

  /** Those of which something is missing, different or too much. */
  List<NodeTree> different() {
    return trees.stream().filter(tree -> !tree.there().isThere()).toList();
  }
}
