package io.codeploy.multicopy.push;

import io.codeploy.multicopy.compress.Packing;
import io.codeploy.multicopy.compress.Squeezer;
import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Reel;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Sources;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes the tar stream that all nodes get which have nothing of some trees yet. One thread. */
final class SharedTar implements Reel.Maker {
  /** Headers, and what fills the last block. */
  private static final long AROUND_BYTES = 4L * TarHeaders.BLOCK_BYTES;

  private final Progress counted = new Progress();
  private final TarStream tar;
  private final Optional<ReadBack> readBack;
  private final Packing packing;
  private final byte[] piece = new byte[Packing.PIECE_BYTES];
  private int length;
  private Amount told = Amount.NONE;

  /** What has to be the same for a stream to be the same. */
  private record Purpose(
      List<SourceTree> trees,
      List<String> targets,
      List<Integer> numbers,
      boolean fractions,
      String options,
      Squeezer.Once once) {}

  private SharedTar(List<NodeTree> trees, TarHeaders headers, Sources sources, Squeezer.Once once)
      throws IOException {
    this.readBack = ReadBack.pays(trees, headers) ? Optional.of(new ReadBack()) : Optional.empty();
    this.tar = new TarStream(Members.unkept(trees, headers, sources, readBack), counted);
    try {
      this.length = tar.readNBytes(piece, 0, piece.length);
    } catch (IOException e) {
      tar.close();
      throw e;
    }
    this.packing = once.of(piece, length);
  }

  /** The stream for all of {@code trees}; empty if the node had better get one of its own. */
  static Optional<Reel> of(
      List<NodeTree> trees, TarHeaders headers, Sources sources, Squeezer squeezer)
      throws IOException, InterruptedException {
    Optional<Squeezer.Once> once = squeezer.once();
    if (once.isEmpty() || !trees.stream().allMatch(NodeTree::isNew)) {
      return Optional.empty();
    }
    Purpose purpose =
        new Purpose(
            trees.stream().map(NodeTree::source).toList(),
            trees.stream().map(NodeTree::target).toList(),
            trees.stream().map(NodeTree::number).toList(),
            headers.fractions(),
            headers.options(),
            once.get());
    return sources.reel(
        purpose,
        trees.stream().mapToLong(SharedTar::bytes).sum(),
        () ->
            new SharedTar(
                trees.stream().map(NodeTree::fresh).toList(), headers, sources, once.get()));
  }

  private static long bytes(NodeTree tree) {
    return tree.source().bytes() + AROUND_BYTES * tree.size();
  }

  @Override
  public String form() {
    return packing.undo();
  }

  @Override
  public String seal() {
    return readBack.map(ReadBack::seal).orElse("");
  }

  @Override
  public Optional<Reel.Piece> next() throws IOException {
    if (length == 0) {
      return Optional.empty();
    }
    byte[] packed = packing.pack(piece, length);
    Amount carried = counted.done().minus(told);
    told = counted.done();
    length = tar.readNBytes(piece, 0, piece.length);
    return Optional.of(new Reel.Piece(packed, carried));
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
