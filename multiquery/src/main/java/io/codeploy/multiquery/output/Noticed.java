package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.query.QueryListener;
import java.time.Duration;
import java.util.List;

/** A listener with a line on stderr besides when the barrier opens. */
public final class Noticed extends Stage {
  private final OpeningNotice notice;

  public Noticed(QueryListener next, OpeningNotice notice) {
    super(next);
    this.notice = notice;
  }

  @Override
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    notice.opened(arrived, stragglers, after);
    super.opened(arrived, stragglers, after);
  }
}
