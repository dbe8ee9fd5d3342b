package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.Delivery;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.OutputSource;
import io.codeploy.multiquery.query.OutputSpace;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lines as they come, each as {@code <node>: <line>}: stdout to stdout, stderr to stderr. A line is
 * never mixed with another, whatever its length; its bytes are passed on as they are.
 */
public final class PrefixView extends Stage {
  /** Lines under way are kept in memory up to this length each. */
  private static final int LINE_BYTES = 1 << 16;

  private static final long LINES_BYTES = 16L << 20;

  private final Map<OutputSource.Stream, LineWriter> writers =
      new EnumMap<>(OutputSource.Stream.class);
  private final Map<OutputSource, PrefixedLines> lines = new HashMap<>();
  private final Colours colours;
  private final OutputSpace space;

  /**
   * @param streams those that are shown; the other, if there is one, is passed on alone
   * @param temporaryDirectory for lines under way that are very long
   */
  public PrefixView(
      Set<OutputSource.Stream> streams,
      Screen screen,
      Path temporaryDirectory,
      QueryListener next) {
    super(next);
    this.colours = screen.colours();
    this.space = new OutputSpace(temporaryDirectory, LINE_BYTES, LINES_BYTES);
    for (OutputSource.Stream stream : streams) {
      writers.put(
          stream,
          switch (stream) {
            case STDOUT -> new LineWriter(screen.out(), screen.terminal());
            // The next on stderr may be a line of somebody else's.
            case STDERR -> new LineWriter(screen.err(), true);
          });
    }
  }

  @Override
  public Delivery delivery() {
    return super.delivery().and(Delivery.LIVE);
  }

  @Override
  public void wrote(OutputSource source, byte[] bytes, int offset, int length) throws IOException {
    Optional<LineWriter> writer = Optional.ofNullable(writers.get(source.stream()));
    if (writer.isPresent()) {
      String prefix = colours.name(source.node().name()) + ": ";
      lines
          .computeIfAbsent(source, any -> new PrefixedLines(prefix, writer.get(), space))
          .add(bytes, offset, length);
    }
    super.wrote(source, bytes, offset, length);
  }

  @Override
  public void answered(NodeAnswer answer) {
    try {
      for (OutputSource.Stream stream : writers.keySet()) {
        PrefixedLines open = lines.remove(new OutputSource(answer.rank(), answer.node(), stream));
        if (open != null) {
          open.end();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    super.answered(answer);
  }

  @Override
  public void ended() {
    if (super.delivery().kept()) {
      endLines();
    }
    super.ended();
  }

  /** What the next shows of the same output begins on a line of its own. */
  private void endLines() {
    try {
      for (LineWriter writer : writers.values()) {
        writer.endLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
