package io.codeploy.multiquery.output;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.Delivery;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.OutputSource;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A listener with a line on stderr besides when the barrier opens. */
public record Noticed(QueryListener next, OpeningNotice notice) implements QueryListener {
  @Override
  public Delivery delivery() {
    return next.delivery();
  }

  @Override
  public void wrote(OutputSource source, byte[] bytes, int offset, int length) throws IOException {
    next.wrote(source, bytes, offset, length);
  }

  @Override
  public void answered(NodeAnswer answer) {
    next.answered(answer);
  }

  @Override
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    notice.opened(arrived, stragglers, after);
    next.opened(arrived, stragglers, after);
  }

  @Override
  public void unlaunched(int rank, Node node, NodeOutcome<ExitStatus> outcome) {
    next.unlaunched(rank, node, outcome);
  }

  @Override
  public void ended() {
    next.ended();
  }
}
