package io.codeploy.cli.view;

import io.codeploy.cli.deploy.DeployEvent.BarrierOpened;
import io.codeploy.cli.deploy.DeployEvent.PhaseEnded;
import io.codeploy.cli.deploy.TreeSize;
import io.codeploy.multiquery.output.Figures;
import io.codeploy.multiquery.output.OpeningNotice;

/** The line that stays of a phase. */
final class PhaseLines {
  private PhaseLines() {}

  static String scanned(TreeSize tree) {
    return "scan: "
        + Figures.count(tree.files(), "file")
        + ", "
        + Figures.bytes(tree.contentBytes())
        + ", "
        + Figures.bytes(tree.transportedBytes())
        + " to travel";
  }

  static String opened(BarrierOpened opened, int nodes) {
    return PhaseNames.of(opened.phase())
        + ": "
        + OpeningNotice.text(opened.arrived(), nodes, opened.stragglers(), opened.after());
  }

  static String ended(PhaseEnded ended, PhaseTally tally) {
    String done =
        switch (ended.phase()) {
          case SCAN -> "done";
          case AGENTS -> "ready on " + Figures.count(tally.passed(), "node");
          case ORIGIN -> "reached by " + Figures.count(tally.passed(), "node");
          case TRANSFER -> "done on " + Figures.count(tally.passed(), "node");
        };
    String lost = tally.lost() == 0 ? "" : ", failed on " + tally.lost();
    return PhaseNames.of(ended.phase())
        + ": "
        + done
        + lost
        + ", "
        + Figures.seconds(ended.elapsed());
  }
}
