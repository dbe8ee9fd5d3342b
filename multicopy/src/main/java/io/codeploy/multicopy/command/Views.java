package io.codeploy.multicopy.command;

import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.view.FrameView;
import io.codeploy.multicopy.view.InOrder;
import io.codeploy.multicopy.view.JsonCopyView;
import io.codeploy.multicopy.view.Noticed;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.output.ClassicView;
import io.codeploy.multiquery.output.OpeningNotice;

/** The views that options ask for, as one listener. */
record Views(ReportOptions options, Surroundings surroundings) {
  /** The listener of a run over {@code nodes} nodes. */
  CopyListener listener(int nodes) {
    CopyListener told = told(nodes);
    return new Noticed(
        options.inOrder() ? new InOrder(told) : told,
        new OpeningNotice("multicopy", nodes, surroundings.err()));
  }

  private CopyListener told(int nodes) {
    return switch (options.form()) {
      case CLASSIC -> new FrameView(new ClassicView(surroundings.out(), surroundings.err()));
      case JSON -> new JsonCopyView(nodes, surroundings.out());
      case NONE -> result -> {};
    };
  }
}
