package io.codeploy.multicopy.command;

import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.ClassicView;
import io.codeploy.multiquery.output.OpeningNotice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The original's answer to a copy: the classic frame around {@code done}, or around nothing where
 * it failed, with the reason on stderr.
 */
record CopyView(ClassicView frame, OpeningNotice notice) implements CopyListener {
  private static final byte[] DONE = "done\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void finished(Node node, NodeOutcome<CopyTotals> outcome) {
    try {
      if (outcome instanceof NodeOutcome.Succeeded<CopyTotals>) {
        frame.reply(node, DONE.length, out -> out.write(DONE));
      } else if (outcome instanceof NodeOutcome.Failed<CopyTotals> failed
          && failed.failure() instanceof NodeFailure.TimedOut timedOut) {
        frame.timedOut(node, timedOut);
      } else {
        frame.reply(node, 0, out -> {});
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    frame.failure(node, outcome);
  }

  @Override
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    notice.opened(arrived, stragglers, after);
  }

  /** For a run whose copies are shown when it is over. */
  record Later(OpeningNotice notice) implements CopyListener {
    @Override
    public void finished(Node node, NodeOutcome<CopyTotals> outcome) {}

    @Override
    public void opened(int arrived, List<Node> stragglers, Duration after) {
      notice.opened(arrived, stragglers, after);
    }
  }
}
