package io.codeploy.multicopy.view;

import io.codeploy.multicopy.transfer.CopyListener;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.output.OpeningNotice;
import java.time.Duration;
import java.util.List;

/** A listener with a line on stderr besides when the barrier opens. */
public final class Noticed extends CopyStage {
  private final OpeningNotice notice;

  public Noticed(CopyListener next, OpeningNotice notice) {
    super(next);
    this.notice = notice;
  }

  @Override
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    notice.opened(arrived, stragglers, after);
    super.opened(arrived, stragglers, after);
  }
}
