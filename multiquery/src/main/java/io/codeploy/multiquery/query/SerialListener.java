package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Has a listener called by one thread at a time, but for launches, which wait for nobody. */
final class SerialListener implements QueryListener {
  private final QueryListener next;
  // Held over the listener, also while it blocks: that is what stops output that nobody takes.
  private final ReentrantLock lock = new ReentrantLock();

  SerialListener(QueryListener next) {
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
    lock.lock();
    try {
      next.wrote(source, bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void answered(NodeAnswer answer) {
    serially(() -> next.answered(answer));
  }

  @Override
  public void opened(int arrived, List<Node> stragglers, Duration after) {
    serially(() -> next.opened(arrived, stragglers, after));
  }

  @Override
  public void unlaunched(int rank, Node node, NodeOutcome<ExitStatus> outcome) {
    serially(() -> next.unlaunched(rank, node, outcome));
  }

  @Override
  public void ended() {
    serially(next::ended);
  }

  private void serially(Runnable call) {
    lock.lock();
    try {
      call.run();
    } finally {
      lock.unlock();
    }
  }
}
