package io.codeploy.multicopy.view;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.relay.RelayReport;
import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.List;

/** A listener that looks at what happens and passes all of it on to the next. */
abstract class CopyStage implements CopyListener {
  private final CopyListener next;

  CopyStage(CopyListener next) {
    this.next = next;
  }

  @Override
  public void launched(int rank, Node node, Progress progress) {
    next.launched(rank, node, progress);
  }

  @Override
  public void finished(CopyResult result) {
    next.finished(result);
  }

  @Override
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    next.opened(arrived, stragglers, after);
  }

  @Override
  public void unlaunched(int rank, Node node, NodeOutcome<CopyTotals> outcome) {
    next.unlaunched(rank, node, outcome);
  }

  @Override
  public void relayed(RelayReport report) {
    next.relayed(report);
  }

  @Override
  public void ended() {
    next.ended();
  }
}
