package io.codeploy.multicopy.push;

import io.codeploy.multicopy.expand.Location;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.shell.Look;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.RawNames;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The sources of one push.
 *
 * @param locations as they were given
 * @param trees what they are, here and on the node
 */
record Given(List<Location> locations, List<SourceTree> trees) {
  /** From so many names on, a digest costs a node less than a list. */
  private static final int MANY = 1000;

  /** What a look is asked for. */
  List<String> names(Sources sources, Selection selection)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (SourceTree tree : trees) {
      if (!tree.root().isDirectory()) {
        names.add("f " + tree.name());
      } else if (isDigested(tree, selection)) {
        names.add("s " + sources.digest(tree) + " " + tree.name());
      } else {
        names.add("d " + tree.name());
      }
    }
    return names;
  }

  /** Whether the digest of a tree tells all that is asked. */
  private static boolean isDigested(SourceTree tree, Selection selection) {
    return tree.entries().size() >= MANY
        && tree.onNode().isEmpty()
        && selection.equality() == Selection.Equality.SIZE_AND_TIME
        && !Detail.identifies(selection.details());
  }

  /** Whether there is a file that is worth a look for holes. */
  boolean hasLarge() {
    return trees.stream().anyMatch(tree -> tree.largest() >= NodeTree.LARGE_BYTES);
  }

  /** Whether a source is a file, which a slash at the end of its new name does not fit. */
  private boolean hasFile() {
    return trees.stream().anyMatch(tree -> !tree.root().isDirectory());
  }

  /** Whether all of them may go to where {@code look} looks. */
  void check(Look look, String destination, Selection selection) throws NodeFailedException {
    if (look.kind().equals("nowhere")) {
      throw ShellPush.failure(Wire.text(look.base()) + ": no such directory");
    }
    if (look.has("closed")) {
      throw ShellPush.failure(Wire.text(look.base()) + ": permission denied");
    }
    if (!look.kind().equals("directory") && Math.max(locations.size(), trees.size()) > 1) {
      throw ShellPush.failure(destination + ": not a directory, and there are several sources");
    }
    if (!look.kind().equals("directory") && destination.endsWith("/") && hasFile()) {
      throw ShellPush.failure(destination + ": no such directory");
    }
    for (SourceTree tree : trees) {
      if (tree.onNode().isPresent()) {
        Path from = RawNames.path(tree.onNode().get()).normalize();
        Path to = RawNames.path(look.base() + "/" + look.target(tree.name())).normalize();
        checkApart(from, to, selection);
      }
    }
  }

  private static void checkApart(Path from, Path to, Selection selection)
      throws NodeFailedException {
    if (from.equals(to)) {
      return;
    }
    if (to.startsWith(from) || (from.toString().isEmpty() && !to.isAbsolute())) {
      String told = from.toString().isEmpty() ? "." : from.toString();
      throw ShellPush.failure(told + ": would be copied into itself, to " + to);
    }
    if (selection.deletion() == Selection.Deletion.NONE) {
      return;
    }
    if (from.isAbsolute() != to.isAbsolute()) {
      throw ShellPush.failure(
          from + " and " + to + ": with --delete, give both from the root or both without");
    }
    if (from.startsWith(to)) {
      throw ShellPush.failure(from + ": is in " + to + ", where --delete would remove it");
    }
  }

  /** Of a stage that may be taken over by a later run: one for the same purpose. */
  String key(String destination, Set<Detail> details) {
    StringBuilder text = new StringBuilder(destination);
    if (details.contains(Detail.XATTRS)) {
      text.append('\0').append(Detail.XATTRS);
    }
    for (Location location : locations) {
      text.append('\0').append(location instanceof Location.Remote ? "@:" : "");
      text.append(location.path());
    }
    for (SourceTree tree : trees) {
      for (SourceEntry entry : tree.entries()) {
        if (NodeTree.isLarge(entry)) {
          text.append(entry);
        }
      }
    }
    return "%016x".formatted(Fingerprint.of(text));
  }
}
