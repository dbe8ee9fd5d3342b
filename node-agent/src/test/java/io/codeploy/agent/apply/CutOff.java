package io.codeploy.agent.apply;

import io.codeploy.agent.plan.Planner;
import io.codeploy.agent.testing.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What a kill leaves of a deployment: its stage, kept aside until the run that is cut is over. */
final class CutOff {
  private final Path stage;
  private final Path aside;

  CutOff(Path root) {
    this.stage = root.resolve(Planner.STAGE);
    this.aside = root.resolveSibling("aside");
  }

  /** Gives so many of the chunks that are wanted, then is killed. */
  Content after(Tree tree, int chunks) {
    return (wanted, sink) -> {
      for (int chunk : wanted.stream().limit(chunks).toArray()) {
        sink.put(chunk, ByteBuffer.wrap(tree.chunk(chunk)));
      }
      throw kill();
    };
  }

  /** The stage is as it is now once it is restored; for the caller to throw. */
  InterruptedException kill() throws IOException {
    copy(stage, aside);
    return new InterruptedException("killed");
  }

  /** What a kill has left is there again. */
  void restore() throws IOException {
    Files.move(aside, stage);
  }

  Path stage() {
    return stage;
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(from)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
