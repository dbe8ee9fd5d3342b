package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tries again where no connection came about. What a connection is used for is never repeated: a
 * command may have begun.
 */
public final class RetryingConnector implements Connector {
  private final Connector next;
  private final RetryRule rule;
  private final TimeSource time;
  private final long seed;

  /**
   * @param next makes the attempts; closed with this
   * @param seed of the spread of pauses: another one in each process
   */
  public RetryingConnector(Connector next, RetryRule rule, TimeSource time, long seed) {
    this.next = next;
    this.rule = rule;
    this.time = time;
    this.seed = seed;
  }

  @Override
  public void prepare(List<Node> nodes) throws IOException {
    next.prepare(nodes);
  }

  /**
   * As {@link Connector#connect}, with all attempts and the pauses between them under {@code
   * limit}. A pause that it does not leave room for is not begun.
   */
  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    long start = time.nanoTime();
    SplittableRandom chance = new SplittableRandom(seed ^ node.name().hashCode());
    Duration left = limit;
    for (int made = 1; ; made++) {
      try {
        return next.connect(node, attempt(left));
      } catch (NodeFailedException e) {
        Duration pause = RetryRule.pause(made, chance.nextDouble());
        Duration rest = limit.minus(time.since(start)).minus(pause);
        boolean room = limit.isZero() || rest.isPositive();
        if (!room || !rule.again(e.failure(), made)) {
          throw e;
        }
        time.sleep(pause);
        left = limit.isZero() ? limit : rest;
      }
    }
  }

  private Duration attempt(Duration left) {
    boolean own = !rule.attempt().isZero() && (left.isZero() || rule.attempt().compareTo(left) < 0);
    return own ? rule.attempt() : left;
  }

  @Override
  public void forget(Collection<Node> nodes) {
    next.forget(nodes);
  }

  @Override
  public void close() {
    next.close();
  }
}
