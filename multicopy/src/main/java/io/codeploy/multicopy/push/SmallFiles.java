package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.Shelf;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Sources;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The small files of a tree as they stand in a tar stream, each one piece that is read and made
 * once for all nodes.
 */
final class SmallFiles {
  static final long LIMIT_BYTES = 64 << 10;

  /** A header, perhaps with a pax member before it, and what fills the last block. */
  private static final long AROUND_BYTES = 4L * TarHeaders.BLOCK_BYTES;

  private final TarHeaders headers;
  private final Sources sources;
  private final Optional<Shelf> shelf;
  private final SourceTree source;
  private final Optional<ReadBack> readBack;

  private SmallFiles(
      NodeTree tree,
      TarHeaders headers,
      Sources sources,
      Optional<Shelf> shelf,
      Optional<ReadBack> readBack) {
    this.readBack = readBack;
    this.headers = headers;
    this.sources = sources;
    this.source = tree.source();
    this.shelf = shelf;
  }

  static SmallFiles of(NodeTree tree, TarHeaders headers, Sources sources) {
    String purpose = "tar " + headers.fractions() + tree.target();
    return new SmallFiles(
        tree,
        headers,
        sources,
        Optional.of(sources.shelf(tree.source(), purpose, tree.size())),
        Optional.empty());
  }

  /**
   * For who needs each of them once.
   *
   * @param readBack gets them, in place of a digest of each
   */
  static SmallFiles unkept(
      NodeTree tree, TarHeaders headers, Sources sources, Optional<ReadBack> readBack) {
    return new SmallFiles(tree, headers, sources, Optional.empty(), readBack);
  }

  static boolean includes(SourceEntry entry) {
    return entry.isFile() && entry.size() <= LIMIT_BYTES;
  }

  /**
   * Header, content and padding of the entry at {@code index}.
   *
   * @param name which depends on nothing but the tree's target
   * @throws io.codeploy.multicopy.source.ChangedException if the file is not what was listed
   */
  byte[] member(int index, String name, SourceEntry entry) throws IOException {
    return shelf.isPresent()
        ? shelf.get().get(index, entry.size() + AROUND_BYTES, () -> make(index, name, entry))
        : make(index, name, entry);
  }

  private byte[] make(int index, String name, SourceEntry entry) throws IOException {
    byte[] header = headers.file(name, entry, entry.size(), source.xattrs(index));
    int padding = TarHeaders.padding(entry.size());
    int size = (int) entry.size();
    byte[] member = Arrays.copyOf(header, header.length + size + padding);
    try (FileInput content = new FileInput(entry, 0)) {
      content.readNBytes(member, header.length, size);
    }
    if (readBack.isPresent()) {
      readBack.get().add(name.substring(name.indexOf('/') + 1), member, header.length, size);
    } else {
      sources.digest(entry, member, header.length);
    }
    return member;
  }
}
