package io.codeploy.multicopy.view;

import io.codeploy.multicopy.relay.RelayReport;
import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multiquery.output.Printable;
import java.io.PrintStream;
import java.util.Optional;

/** A line on what relaying has saved, after all that the next shows. */
public final class RelayNotice extends CopyStage {
  private final PrintStream err;
  private Optional<RelayReport> told = Optional.empty();

  public RelayNotice(CopyListener next, PrintStream err) {
    super(next);
    this.err = err;
  }

  @Override
  public void relayed(RelayReport report) {
    super.relayed(report);
    told = Optional.of(report).filter(one -> !one.isEmpty());
  }

  @Override
  public void ended() {
    super.ended();
    told.ifPresent(report -> err.println(Printable.line("multicopy: " + report.line())));
  }
}
