package io.codeploy.multicopy.command;

import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multicopy.view.FrameView;
import io.codeploy.multicopy.view.InOrder;
import io.codeploy.multicopy.view.JsonCopyView;
import io.codeploy.multicopy.view.Noticed;
import io.codeploy.multicopy.view.ProgressView;
import io.codeploy.multicopy.view.RelayNotice;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.output.ClassicView;
import io.codeploy.multiquery.output.OpeningNotice;

/**
 * The views that options ask for, as one listener.
 *
 * @param terminal whether stderr is one
 */
record Views(ReportOptions options, Surroundings surroundings, TimeSource time, boolean terminal) {
  /** The listener of a run over {@code nodes} nodes, which begins now. */
  CopyListener listener(int nodes) {
    CopyListener told = told(nodes);
    CopyListener noticed =
        new Noticed(
            options.inOrder() ? new InOrder(told) : told,
            new OpeningNotice("multicopy", nodes, surroundings.err()));
    return new RelayNotice(shown(noticed, nodes), surroundings.err());
  }

  private CopyListener shown(CopyListener noticed, int nodes) {
    return switch (options.progress()) {
      case ReportOptions.Progress.Live live ->
          terminal ? ProgressView.live(noticed, nodes, time, surroundings.err()).start() : noticed;
      case ReportOptions.Progress.Every every ->
          ProgressView.lines(noticed, nodes, time, surroundings.err(), every.interval()).start();
      case ReportOptions.Progress.Never never -> noticed;
    };
  }

  private CopyListener told(int nodes) {
    return switch (options.form()) {
      case CLASSIC -> new FrameView(new ClassicView(surroundings.out(), surroundings.err()));
      case JSON -> new JsonCopyView(nodes, surroundings.out());
      case NONE -> result -> {};
    };
  }
}
