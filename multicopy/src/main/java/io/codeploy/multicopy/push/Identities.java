package io.codeploy.multicopy.push;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.SourceTree;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose the entries of a source are to be on a node, and which of them are to be one file; where
 * that is kept.
 */
final class Identities {
  private final SourceTree source;
  private final Map<Integer, Found.Identity> there = new HashMap<>();
  private Optional<NodeIds> ids = Optional.empty();

  Identities(SourceTree source) {
    this.source = source;
  }

  /** The node has {@code found} in the place of an entry. */
  void found(int index, Found found) {
    found.identity().ifPresent(identity -> there.put(index, identity));
  }

  /** Ends it: what is not its owner's, or another file than it is to be, is different. */
  void settle(Difference[] differences, Optional<NodeIds> known) {
    ids = known;
    for (int i = 0; i < differences.length; i++) {
      if (differences[i] == Difference.NONE || differences[i] == Difference.ATTRIBUTES) {
        if (isApart(i, differences)) {
          differences[i] = Difference.CONTENT;
        } else if (isOthers(i)) {
          differences[i] = Difference.ATTRIBUTES;
        }
      }
    }
  }

  private boolean isApart(int index, Difference[] differences) {
    OptionalInt first = source.first(index);
    if (first.isEmpty()) {
      return false;
    }
    Difference its = differences[first.getAsInt()];
    return its == Difference.ABSENT
        || its == Difference.CONTENT
        || !inode(index).equals(inode(first.getAsInt()));
  }

  private Optional<String> inode(int index) {
    return Optional.ofNullable(there.get(index)).map(Found.Identity::inode);
  }

  private boolean isOthers(int index) {
    Found.Identity identity = there.get(index);
    return identity != null
        && ids.isPresent()
        && source.owner(index).filter(owner -> !ids.get().isOf(owner, identity)).isPresent();
  }

  /** The earlier entry that this one is another name of. */
  OptionalInt first(int index) {
    return source.first(index);
  }

  /** The command that gives it to its owner; empty if it is, or if that is not kept. */
  Optional<String> command(int index, boolean fresh) {
    return ids.isPresent() && (fresh || isOthers(index))
        ? source.owner(index).flatMap(ids.get()::command)
        : Optional.empty();
  }
}
