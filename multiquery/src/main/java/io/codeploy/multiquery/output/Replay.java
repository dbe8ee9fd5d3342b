package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.CapturedOutput;
import io.codeploy.multiquery.query.Delivery;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.OutputSource;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Plays a node's output to a live view once the node is done: for results in the list's order. */
public final class Replay extends Stage {
  private static final int PIECE_BYTES = 1 << 16;

  private final QueryListener live;

  public Replay(QueryListener live) {
    super(live);
    this.live = live;
  }

  @Override
  public Delivery delivery() {
    return Delivery.WHOLE;
  }

  @Override
  public void answered(NodeAnswer answer) {
    try {
      play(answer, OutputSource.Stream.STDOUT, answer.stdout());
      play(answer, OutputSource.Stream.STDERR, answer.stderr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    super.answered(answer);
  }

  private void play(NodeAnswer answer, OutputSource.Stream stream, CapturedOutput output)
      throws IOException {
    OutputSource source = new OutputSource(answer.rank(), answer.node(), stream);
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = output.open()) {
      for (int n = in.read(piece); n > 0; n = in.read(piece)) {
        live.wrote(source, piece, 0, n);
      }
    }
  }
}
