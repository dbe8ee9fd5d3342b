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

/**
 * A listener that looks at what happens and passes all of it on to the next. The last one of such a
 * chain closes the answers.
 */
public abstract class Stage implements QueryListener {
  private final QueryListener next;

  /** Passes on to {@code next}. */
  protected Stage(QueryListener next) {
    this.next = next;
  }

  @Override
  public Delivery delivery() {
    return next.delivery();
  }

  @Override
  public void launched(int rank, Node node) {
    next.launched(rank, node);
  }

  @Override
  public void wrote(OutputSource source, byte[] bytes, int offset, int length) throws IOException {
    if (next.delivery().live()) {
      next.wrote(source, bytes, offset, length);
    }
  }

  @Override
  public void answered(NodeAnswer answer) {
    next.answered(answer);
  }

  @Override
  public void opened(int answered, List<Node> stragglers, Duration after) {
    next.opened(answered, stragglers, after);
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
