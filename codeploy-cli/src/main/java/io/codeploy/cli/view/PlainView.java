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
import io.codeploy.multiquery.output.Printable;
import java.io.PrintStream;

/** A line for each phase and each failed node. */
final class PlainView implements View {
  private final PrintStream out;
  private final PrintStream err;
  private final PhaseTally tally = new PhaseTally();

  PlainView(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void on(DeployEvent event) {
    tally.on(event);
    switch (event) {
      case TreeScanned scanned -> err.println(PhaseLines.scanned(scanned.tree()));
      case Noted noted -> err.println("codeploy: " + Printable.line(noted.message()));
      case BarrierOpened opened -> err.println(PhaseLines.opened(opened, tally.nodes()));
      case NodeEnded ended -> Failures.line(ended).ifPresent(err::println);
      case PhaseEnded ended -> {
        if (ended.phase() != Phase.SCAN) {
          err.println(PhaseLines.ended(ended, tally));
        }
      }
      case PhaseStarted started -> {}
      case NodePassed passed -> {}
      case NodeProgressed progressed -> {}
    }
  }

  @Override
  public void finish(DeployResult result) {
    Summary.lines(result).forEach(out::println);
  }
}
