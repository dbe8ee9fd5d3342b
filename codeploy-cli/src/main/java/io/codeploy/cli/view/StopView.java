package io.codeploy.cli.view;

import io.codeploy.cli.deploy.StopResult;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import io.codeploy.multiquery.output.Figures;
import io.codeploy.multiquery.output.Printable;
import java.io.PrintStream;

/** What became of agents that were asked to end. */
public final class StopView {
  private final PrintStream out;
  private final PrintStream err;

  public StopView(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** A line for each node that failed, and one in all. */
  public void finish(StopResult result) {
    int stopped = 0;
    int idle = 0;
    for (int i = 0; i < result.nodes().size(); i++) {
      String name = result.nodes().get(i).name();
      switch (result.outcomes().get(i)) {
        case Succeeded<Boolean> succeeded -> {
          stopped += succeeded.value() ? 1 : 0;
          idle += succeeded.value() ? 0 : 1;
        }
        case Failed<Boolean> failed ->
            err.println(Printable.line(name + ": " + failed.failure().message()));
        case NotRun<Boolean> notRun -> err.println(name + ": not asked, the run was stopped");
      }
    }
    out.println(
        Figures.count(result.nodes().size(), "node")
            + ": "
            + stopped
            + " agents ended, none ran on "
            + idle);
  }
}
