package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/**
 * Keeps connections open for the next use in this process, until it is closed. Closing what {@link
 * #connect} returned lays the connection aside; the next call for the same host, user and port
 * takes it up again. One that was lost meanwhile is replaced, unseen by the caller: known losses
 * cost nothing, a silent peer is found by a sign of life that is asked for when a connection was at
 * rest for some seconds.
 */
public final class KeptConnections implements Connector {
  /** Nobody sweeps this pool: its connections are kept until it is closed. */
  private static final Duration TO_THE_END = ChronoUnit.FOREVER.getDuration();

  private final Connector next;
  private final Pool pool;

  /**
   * @param next makes the connections; closed with this
   * @param most how many there may be at rest and in use together; more are connected to if asked
   *     for, and none of these is kept
   */
  public KeptConnections(Connector next, int most, TimeSource time) {
    this.next = next;
    this.pool = new Pool(most, time);
  }

  @Override
  public void prepare(List<Node> nodes) throws IOException {
    next.prepare(nodes);
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    return pool.lease(node, limit, TO_THE_END, next::connect);
  }

  @Override
  public void forget(Collection<Node> nodes) {
    pool.forget(nodes);
    // Else it might lend us again what we have just given back.
    next.forget(nodes);
  }

  /** Closes all connections, those in use included. */
  @Override
  public void close() {
    pool.close();
    next.close();
  }
}
