package io.codeploy.multicopy.view;

import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.ClassicView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The original's answer to a copy: the classic frame around {@code done} or what would be done, or
 * around nothing where it failed, with the reason on stderr.
 */
public record FrameView(ClassicView frame) implements CopyListener {
  private static final byte[] DONE = "done\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void finished(CopyResult result) {
    try {
      if (result.outcome() instanceof NodeOutcome.Succeeded<CopyTotals> succeeded) {
        byte[] told = told(succeeded.value());
        frame.reply(result.node(), told.length, out -> out.write(told));
      } else if (result.outcome() instanceof NodeOutcome.Failed<CopyTotals> failed
          && failed.failure() instanceof NodeFailure.TimedOut timedOut) {
        frame.timedOut(result.node(), timedOut);
      } else {
        frame.reply(result.node(), 0, out -> {});
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    frame.failure(result.node(), result.outcome());
  }

  private static byte[] told(CopyTotals totals) {
    return totals.plan().map(plan -> plan.text().getBytes(StandardCharsets.UTF_8)).orElse(DONE);
  }
}
