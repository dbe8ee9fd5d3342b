package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.query.CapturedOutput;
import io.codeploy.multiquery.query.Delivery;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.OutputSource;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * One output of each node into a file named like the node, whole or not at all: it is written
 * beside and renamed. Files of nodes that were not launched are left as they are.
 */
public final class FileView extends Stage {
  private final List<String> names;
  private final OutputSource.Stream stream;
  private final Path directory;
  private Optional<String> failure = Optional.empty();

  /**
   * @param nodes of the run
   * @param directory that exists
   */
  public FileView(
      List<Node> nodes, OutputSource.Stream stream, Path directory, QueryListener next) {
    super(next);
    this.names = FileNames.of(nodes);
    this.stream = stream;
    this.directory = directory;
  }

  /** Why a file is missing, if one is; to be asked after the run. */
  public Optional<String> failure() {
    return failure;
  }

  @Override
  public Delivery delivery() {
    return super.delivery().and(Delivery.WHOLE);
  }

  @Override
  public void answered(NodeAnswer answer) {
    try {
      write(
          names.get(answer.rank()),
          switch (stream) {
            case STDOUT -> answer.stdout();
            case STDERR -> answer.stderr();
          });
    } catch (IOException e) {
      // The run goes on: what it does to nodes matters more than what is told of it.
      failure = failure.or(() -> Optional.of("output cannot be written: " + e));
    }
    super.answered(answer);
  }

  private void write(String name, CapturedOutput output) throws IOException {
    Path part = directory.resolve("." + name + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        output.copyTo(out);
      }
      Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
