package io.codeploy.multicopy.push;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.shell.Look;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The part of a push whose sources its node has: copied there into the stage. */
final class OnNodeCopy {
  private final List<NodeTree> trees;
  private final Listing sources;

  /** Lists the same sources once more. */
  @FunctionalInterface
  interface Listing {
    List<SourceTree> list() throws IOException, InterruptedException;
  }

  /** Of those of {@code trees} that are on the node. */
  OnNodeCopy(List<NodeTree> trees, Listing sources) {
    this.trees = trees.stream().filter(NodeTree::isOnNode).toList();
    this.sources = sources;
  }

  /**
   * Copies what is missing.
   *
   * @param key of {@code stage}
   * @throws IOException also if a source was not the same from its listing to the end of its copy
   */
  void run(StagedTransfer transfer, Look look, String stage, String key, Progress progress)
      throws IOException, InterruptedException {
    Map<NodeTree, BitSet> copied = new LinkedHashMap<>();
    trees.forEach(tree -> copied.put(tree, tree.filesToSend()));
    transfer.copyOnNode(new OnNode(trees, look.base(), stage));
    // Whatever was not as listed when its copy began has not the time of that.
    look.relist(key, new StageListing(trees, false));
    for (NodeTree tree : trees) {
      OptionalInt late = tree.filesToSend().stream().findFirst();
      if (late.isPresent()) {
        throw changed(tree, late.getAsInt());
      }
    }
    checkSources(copied);
    int files = copied.values().stream().mapToInt(BitSet::cardinality).sum();
    IntStream.range(0, files).forEach(i -> progress.file());
  }

  /** A copy has the time from before it, also of a file that is written meanwhile. */
  private void checkSources(Map<NodeTree, BitSet> copied) throws IOException, InterruptedException {
    if (copied.values().stream().allMatch(BitSet::isEmpty)) {
      return;
    }
    Map<String, SourceTree> now = new HashMap<>();
    for (SourceTree source : sources.list()) {
      source.onNode().ifPresent(path -> now.put(path, source));
    }
    for (Map.Entry<NodeTree, BitSet> files : copied.entrySet()) {
      NodeTree tree = files.getKey();
      Optional<SourceTree> again =
          tree.source().onNode().flatMap(path -> Optional.ofNullable(now.get(path)));
      OptionalInt changed =
          files.getValue().stream().filter(i -> !isIn(again, tree.entry(i))).findFirst();
      if (changed.isPresent()) {
        throw changed(tree, changed.getAsInt());
      }
    }
  }

  private static boolean isIn(Optional<SourceTree> tree, SourceEntry file) {
    return tree.flatMap(
            there -> there.indexOf(file.name()).stream().mapToObj(there.entries()::get).findFirst())
        .filter(now -> now.isFile() && now.size() == file.size())
        .filter(now -> now.seconds() == file.seconds() && now.nanos() == file.nanos())
        .isPresent();
  }

  private static IOException changed(NodeTree tree, int index) {
    return ShellPush.failure(
        tree.entry(index).path()
            + ": changed while it was copied; copy again, or leave it out by --exclude");
  }
}
