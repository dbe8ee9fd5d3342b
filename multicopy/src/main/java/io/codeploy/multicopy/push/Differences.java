package io.codeploy.multicopy.push;

import io.codeploy.multicopy.plan.Extras;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What a node has of one source where it is to be: a word for each entry. */
final class Differences {
  private final SourceTree source;
  private final Selection selection;
  private final Difference[] all;

  /** Files whose contents only digests can tell apart. */
  private final BitSet open = new BitSet();

  /** Directories that get something or lose something. */
  private final BitSet gaining = new BitSet();

  private final BitSet losing = new BitSet();
  private final Extras extras;
  private final Identities identities;

  /** Whether the node has told that nothing is different. */
  private boolean same;

  /** Nothing is known to be there yet. */
  Differences(SourceTree source, Selection selection) {
    this.source = source;
    this.selection = selection;
    this.extras = new Extras(source.name(), selection.exclusion());
    this.identities = new Identities(source);
    this.all = new Difference[source.entries().size()];
    Arrays.fill(all, Difference.ABSENT);
  }

  /** The node has {@code found} as {@code name}, which may be none of ours. */
  void found(String name, Found found) {
    OptionalInt index = source.indexOf(name);
    if (index.isPresent()) {
      found(index.getAsInt(), found);
    } else if (selection.deletion() != Selection.Deletion.NONE) {
      extras.found(name, found);
    }
  }

  private void found(int index, Found any) {
    SourceEntry entry = source.entries().get(index);
    Found found = masked(any);
    identities.found(index, any);
    if (selection.equality() == Selection.Equality.DIGEST && Difference.isOpen(entry, found)) {
      open.set(index);
      all[index] = Difference.ofSameContent(entry, found);
    } else {
      all[index] = Difference.of(entry, found);
    }
  }

  /** With the bits of its mode that are kept. */
  Found masked(Found any) {
    return any.masked(Detail.modeMask(selection.details()));
  }

  /** The node has all of it, and nothing else. */
  void same() {
    same = true;
    Arrays.fill(all, Difference.NONE);
  }

  /** All of it is taken up by something else. */
  void block() {
    Arrays.fill(all, Difference.BLOCKED);
  }

  /** Whether only digests can tell what this file is. */
  boolean isOpen(int index) {
    return open.get(index);
  }

  /** A file turned out to have another content than the source has. */
  void unlike(int index) {
    all[index] = Difference.CONTENT;
  }

  /** To be called when all is found, before what is asked below. */
  void settle(Optional<NodeIds> ids) {
    if (same) {
      return;
    }
    identities.settle(all, ids);
    for (int i = 1; i < all.length; i++) {
      int parent = source.parent(i);
      gaining.set(parent, gaining.get(parent) || missing(i));
    }
    extras.removals().keySet().forEach(name -> source.indexOf(name).ifPresent(losing::set));
  }

  Difference at(int index) {
    return all[index];
  }

  /** Whether the node lacks this entry or has something else in its place. */
  boolean missing(int index) {
    return all[index] == Difference.ABSENT || all[index] == Difference.CONTENT;
  }

  /** Whether something in this directory itself is missing. */
  boolean gains(int directory) {
    return gaining.get(directory);
  }

  /** Whether this directory is there and gets other attributes, or other names in it. */
  boolean changes(int directory) {
    return !missing(directory)
        && (all[directory] == Difference.ATTRIBUTES
            || gaining.get(directory)
            || losing.get(directory));
  }

  /** Whether the node has all of it already, and no attribute is different. */
  boolean isThere() {
    return same
        || (extras.removals().isEmpty()
            && Arrays.stream(all).allMatch(difference -> difference == Difference.NONE));
  }

  /** An entry whose place is taken. */
  Optional<SourceEntry> blocked() {
    return same
        ? Optional.empty()
        : IntStream.range(0, all.length)
            .filter(i -> all[i] == Difference.BLOCKED)
            .mapToObj(source.entries()::get)
            .findFirst();
  }

  /** What the node has and the source has not; nothing where it may stay. */
  Extras extras() {
    return extras;
  }

  /** Whose entries are, and which. */
  Identities identities() {
    return identities;
  }
}
