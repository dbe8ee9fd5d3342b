package io.codeploy.multicopy.relay;

import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Wire;
import java.util.BitSet;
import java.util.Objects;

/**
 * What a node wants of a source.
 *
 * @param number of the source among those of the copy
 * @param name that the source has on the node, in {@link Wire} form
 * @param files which of the tree's entries, all of them files
 */
public record Parcel(int number, SourceTree tree, String name, BitSet files) {
  public Parcel {
    Objects.requireNonNull(tree, "tree is null");
    Objects.requireNonNull(name, "name is null");
    files = (BitSet) files.clone();
  }

  @Override
  public BitSet files() {
    return (BitSet) files.clone();
  }

  /** How much that is. */
  long bytes() {
    return files.stream().mapToLong(i -> tree.entries().get(i).size()).sum();
  }
}
