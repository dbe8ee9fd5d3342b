package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares sources of a node with what is here of them. */
final class Comparison {
  private final Place place;
  private final Targets targets;
  private final Selection selection;

  /** Says where a source is to be, from the base directory. */
  interface Targets {
    Path of(RemoteSource source) throws NodeFailedException;
  }

  Comparison(Place place, Targets targets, Selection selection) {
    this.place = place;
    this.targets = targets;
    this.selection = selection;
  }

  /**
   * What is here of each of {@code sources}, which are to have places of their own.
   *
   * @param whole whether the node could list all of them: else nothing is removed
   * @throws NodeFailedException if something would be removed that hardly anybody means
   */
  List<LocalTree> of(List<RemoteSource> sources, boolean whole) throws IOException {
    Map<Path, RemoteSource> byTarget = new HashMap<>();
    for (RemoteSource source : sources) {
      RemoteSource other = byTarget.put(targets.of(source), source);
      if (other != null) {
        throw overlap(other, source, targets.of(source));
      }
    }
    List<LocalTree> trees = new ArrayList<>();
    for (RemoteSource source : sources) {
      Path target = targets.of(source);
      for (int n = 1; n < target.getNameCount(); n++) {
        RemoteSource other = byTarget.get(target.subpath(0, n));
        if (other != null) {
          throw overlap(other, source, target.subpath(0, n));
        }
      }
      trees.add(LocalTree.of(source, place.base(), target, selection));
    }
    if (whole && selection.deletion() != Selection.Deletion.NONE) {
      for (LocalTree tree : trees) {
        seekExtras(tree);
      }
    }
    return trees;
  }

  private void seekExtras(LocalTree tree) throws IOException {
    tree.seekExtras();
    if (tree.size() == 1
        && !tree.extras().removals().isEmpty()
        && selection.deletion() != Selection.Deletion.EVEN_ALL) {
      throw Problems.failure(
          tree.here(0)
              + ": all of it would be deleted, for the source is empty; --delete-all does it");
    }
  }

  private static NodeFailedException overlap(RemoteSource one, RemoteSource other, Path target) {
    return Problems.failure(
        "%s and %s would both be %s here"
            .formatted(RemoteSource.text(one.path()), RemoteSource.text(other.path()), target));
  }
}
