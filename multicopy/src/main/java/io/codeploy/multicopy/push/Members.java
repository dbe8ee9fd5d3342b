package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is sent of some trees in one tar stream, piece by piece. A new directory comes twice: before
 * what is in it, and after, with its time, which a tar that sets it at once would lose otherwise.
 */
final class Members implements Iterator<Member> {
  private final Iterator<NodeTree> trees;
  private final TarHeaders headers;
  private final Function<NodeTree, SmallFiles> smallFiles;
  private final Deque<Member> ready = new ArrayDeque<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private Optional<NodeTree> tree = Optional.empty();
  private Optional<SmallFiles> small = Optional.empty();
  private int next;

  private Members(
      List<NodeTree> trees, TarHeaders headers, Function<NodeTree, SmallFiles> smallFiles) {
    this.trees = trees.iterator();
    this.headers = headers;
    this.smallFiles = smallFiles;
  }

  /** What one node lacks; what others may lack, too, is kept for them. */
  static Members of(List<NodeTree> trees, TarHeaders headers, Sources sources) {
    return new Members(trees, headers, tree -> SmallFiles.of(tree, headers, sources));
  }

  /** The same, but that nothing is kept. */
  static Members unkept(
      List<NodeTree> trees, TarHeaders headers, Sources sources, Optional<ReadBack> readBack) {
    return new Members(trees, headers, tree -> SmallFiles.unkept(tree, headers, sources, readBack));
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && (tree.isPresent() || trees.hasNext())) {
      if (tree.isEmpty()) {
        tree = Optional.of(trees.next());
        small = Optional.of(smallFiles.apply(tree.get()));
        next = 0;
      }
      step(tree.get());
    }
    return !ready.isEmpty();
  }

  @Override
  public Member next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void step(NodeTree now) {
    while (!open.isEmpty() && now.end(open.element()) <= next) {
      int directory = open.remove();
      ready.add(
          Member.of(
              headers.directory(
                  name(now, directory), now.entry(directory), xattrs(now, directory))));
    }
    if (next == now.size()) {
      tree = Optional.empty();
      return;
    }
    add(now, next++);
  }

  private void add(NodeTree now, int index) {
    SourceEntry entry = now.entry(index);
    if (now.timed(index) || (now.isApart(index) && now.missing(index))) {
      ready.add(Member.of(headers.file(now.reference(index), entry, 0, xattrs(now, index))));
    }
    if (!now.toSend(index) || now.isApart(index)) {
      return;
    }
    String name = name(now, index);
    switch (entry.kind()) {
      case DIRECTORY -> {
        ready.add(Member.of(headers.directory(name, entry, xattrs(now, index))));
        open.push(index);
      }
      case LINK -> ready.add(Member.of(headers.link(name, entry)));
      case FILE -> ready.add(file(now, index, name, entry));
    }
  }

  private Member file(NodeTree now, int index, String name, SourceEntry entry) {
    if (!SmallFiles.includes(entry)) {
      return Member.before(headers.file(name, entry, entry.size(), xattrs(now, index)), entry);
    }
    try {
      return Member.whole(small.orElseThrow().member(index, name, entry), entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> xattrs(NodeTree tree, int index) {
    return tree.source().xattrs(index);
  }

  private static String name(NodeTree tree, int index) {
    return "t/" + tree.path(index);
  }
}
