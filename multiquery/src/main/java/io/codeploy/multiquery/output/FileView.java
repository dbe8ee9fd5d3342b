package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeNames;
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
import java.util.ArrayList;
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
  private final List<String> missing = new ArrayList<>();
  private Optional<IOException> failure = Optional.empty();

  /**
   * Outputs that are not in their files.
   *
   * @param nodes whose they are, folded
   * @param why the first of them is not
   */
  public record Missing(String nodes, Path directory, IOException why) {}

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

  /** What is missing, if anything is; to be asked after the run. */
  public Optional<Missing> missing() {
    return failure.map(why -> new Missing(NodeNames.fold(missing), directory, why));
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
      failure = failure.or(() -> Optional.of(e));
      missing.add(answer.node().name());
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
