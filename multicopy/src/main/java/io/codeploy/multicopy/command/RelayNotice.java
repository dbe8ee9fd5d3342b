package io.codeploy.multicopy.command;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.relay.RelayReport;
import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.transfer.CopyResult;
import io.codeploy.multicopy.transfer.CopyTotals;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A line on what relaying has saved, after all that {@code inner} shows. */
final class RelayNotice implements CopyListener {
  private final CopyListener inner;
  private final PrintStream err;
  private Optional<RelayReport> told = Optional.empty();

  RelayNotice(CopyListener inner, PrintStream err) {
    this.inner = inner;
    this.err = err;
  }

  @Override
  public void launched(int rank, Node node, Progress progress) {
    inner.launched(rank, node, progress);
  }

  @Override
  public void finished(CopyResult result) {
    inner.finished(result);
  }

  @Override
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    inner.opened(arrived, stragglers, after);
  }

  @Override
  public void unlaunched(int rank, Node node, NodeOutcome<CopyTotals> outcome) {
    inner.unlaunched(rank, node, outcome);
  }

  @Override
  public void relayed(RelayReport report) {
    inner.relayed(report);
    told = Optional.of(report).filter(one -> !one.isEmpty());
  }

  @Override
  public void ended() {
    inner.ended();
    told.ifPresent(report -> err.println("multicopy: " + report.line()));
  }
}
