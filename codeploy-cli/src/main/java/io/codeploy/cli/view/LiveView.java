package io.codeploy.cli.view;

import io.codeploy.cli.deploy.DeployEvent;
import io.codeploy.cli.deploy.DeployEvent.BarrierOpened;
import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.cli.deploy.DeployEvent.NodeProgressed;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.deploy.DeployEvent.PhaseEnded;
import io.codeploy.cli.deploy.DeployEvent.PhaseStarted;
import io.codeploy.cli.deploy.DeployEvent.TreeScanned;
import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.cli.deploy.Phase;
import io.codeploy.multiquery.output.LiveLine;
import io.codeploy.multiquery.output.Printable;
import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line a phase, kept up to date on a terminal: nodes done, bytes, rate, time to go. */
final class LiveView implements View {
  private static final int REDRAW_MILLIS = 250;

  private final PrintStream out;
  private final LiveLine line;
  private final PhaseTally tally = new PhaseTally();
  private Optional<ProgressBar> bar = Optional.empty();

  LiveView(PrintStream out, LiveLine line) {
    this.out = out;
    this.line = line;
  }

  @Override
  public void on(DeployEvent event) {
    tally.on(event);
    switch (event) {
      case PhaseStarted started -> bar = Optional.of(start(started.phase()));
      case TreeScanned scanned -> line.above(PhaseLines.scanned(scanned.tree()));
      case Noted noted -> line.above("codeploy: " + Printable.line(noted.message()));
      case BarrierOpened opened -> line.above(PhaseLines.opened(opened, tally.nodes()));
      case NodeEnded ended -> Failures.line(ended).ifPresent(line::aboveInRed);
      case PhaseEnded ended -> end(ended);
      case NodePassed passed -> {}
      case NodeProgressed progressed -> {}
    }
    bar.ifPresent(this::step);
  }

  @Override
  public void finish(DeployResult result) {
    endBar();
    Summary.lines(result).forEach(out::println);
  }

  private ProgressBar start(Phase phase) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(PhaseNames.of(phase))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new DelegatingProgressBarConsumer(line::draw, LiveLine.WIDTH))
            .clearDisplayOnFinish();
    return phase == Phase.TRANSFER
        ? builder.setUnit("MB", 1_000_000).showSpeed().setInitialMax(0).build()
        : builder.setInitialMax(tally.nodes()).build();
  }

  private void step(ProgressBar shown) {
    if (shown.getTaskName().equals(PhaseNames.of(Phase.TRANSFER))) {
      shown.maxHint(tally.bytesTotal()).stepTo(tally.bytesDone());
      shown.setExtraMessage(" " + tally.passed() + "/" + tally.nodes() + " nodes");
    } else {
      shown.stepTo(tally.passed() + tally.lost());
    }
  }

  private void end(PhaseEnded ended) {
    endBar();
    if (ended.phase() != Phase.SCAN) {
      line.above(PhaseLines.ended(ended, tally));
    }
  }

  private void endBar() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
    line.draw("");
  }
}
