package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares contents by digests that the node makes of all files in question, in one go. */
final class LocalDigests {
  private static final int BUFFER_BYTES = 128 << 10;

  private final List<LocalTree> trees;
  private final Progress progress;

  private record Open(LocalTree tree, int index) {
    String there() {
      return tree.source().path(tree.entry(index));
    }
  }

  LocalDigests(List<LocalTree> trees, Progress progress) {
    this.trees = trees;
    this.progress = progress;
  }

  /** Asks, and tells the trees which of their files are others. */
  void decide(Origin origin) throws IOException, InterruptedException {
    if (!origin.digests()) {
      throw Problems.failure("--checksum: the node has no sha256sum");
    }
    List<Open> open =
        trees.stream()
            .flatMap(
                tree ->
                    IntStream.range(0, tree.size())
                        .filter(tree::isOpen)
                        .mapToObj(i -> new Open(tree, i)))
            .toList();
    if (open.isEmpty()) {
      return;
    }
    List<Optional<String>> sums = origin.sums(open.stream().map(Open::there).toList());
    try (Progress.OwnWork reading = progress.ownWork()) {
      for (int i = 0; i < open.size(); i++) {
        Open file = open.get(i);
        if (!sums.get(i).equals(Optional.of(digest(file.tree().here(file.index()))))) {
          file.tree().unlike(file.index());
        }
      }
    }
  }

  private static String digest(Path file) throws IOException, InterruptedException {
    MessageDigest digest = Digest.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
