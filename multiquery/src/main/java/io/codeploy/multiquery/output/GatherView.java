package io.codeploy.multiquery.output;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.CapturedOutput;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.OutputSource;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * At the end of the run, one block for all nodes whose outputs are equal, or what others than the
 * largest of these groups have different. Output of nodes that did not get to the end of their
 * command has groups of its own.
 */
public final class GatherView implements QueryListener {
  private final Screen screen;
  private final boolean inOrder;
  private final GroupPrinter printer;
  private final Map<OutputSource.Stream, OutputGroups> gathered =
      new EnumMap<>(OutputSource.Stream.class);

  private GatherView(
      Set<OutputSource.Stream> streams, Screen screen, boolean inOrder, GroupPrinter printer) {
    this.screen = screen;
    this.inOrder = inOrder;
    this.printer = printer;
    streams.forEach(stream -> gathered.put(stream, new OutputGroups()));
  }

  /**
   * Shows a block for each group of nodes.
   *
   * @param streams those that are gathered, each by itself
   * @param inOrder whether groups come in the order of the list; the largest first otherwise
   */
  public static GatherView blocks(
      Set<OutputSource.Stream> streams, Screen screen, boolean inOrder) {
    return new GatherView(streams, screen, inOrder, new Blocks(screen.colours()));
  }

  /** Shows the block of the largest group, and how others differ from it. */
  public static GatherView differences(Set<OutputSource.Stream> streams, Screen screen) {
    return new GatherView(streams, screen, false, new Differences(screen.colours()));
  }

  @Override
  public void answered(NodeAnswer answer) {
    try {
      add(answer, OutputSource.Stream.STDOUT, answer.stdout());
      add(answer, OutputSource.Stream.STDERR, answer.stderr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(NodeAnswer answer, OutputSource.Stream stream, CapturedOutput output)
      throws IOException {
    boolean complete = answer.outcome() instanceof NodeOutcome.Succeeded<ExitStatus>;
    OutputGroups groups = gathered.get(stream);
    if (groups == null || (!complete && output.length() == 0)) {
      output.close();
    } else {
      groups.add(answer.node().name(), answer.rank(), complete, output);
    }
  }

  @Override
  public void ended() {
    gathered.forEach(
        (stream, collected) -> {
          try (OutputGroups groups = collected) {
            printer.print(groups.sorted(inOrder), writer(stream));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private LineWriter writer(OutputSource.Stream stream) {
    return switch (stream) {
      case STDOUT -> new LineWriter(screen.out(), screen.terminal());
      case STDERR -> new LineWriter(screen.err(), true);
    };
  }
}
