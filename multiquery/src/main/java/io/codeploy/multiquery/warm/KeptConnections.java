package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps connections open for the next use in this process. Closing what {@link #connect} returned
 * lays the connection aside; the next call for the same host, user and port takes it up again. One
 * that was lost meanwhile is replaced, unseen by the caller: known losses cost nothing, a silent
 * peer is found by a sign of life that is asked for when a connection was at rest for some seconds.
 */
public final class KeptConnections implements Connector {
  private final Connector next;
  private final Pool pool;
  private final Duration keep;
  private final TimeSource time;
  private Optional<Sweeper> sweeper = Optional.empty();

  /**
   * @param next makes the connections; closed with this
   * @param keep how long a connection may be at rest before it is closed
   * @param most how many there may be at rest and in use together; more are connected to if asked
   *     for, and none of these is kept
   */
  public KeptConnections(Connector next, Duration keep, int most, TimeSource time) {
    this.next = next;
    this.keep = keep;
    this.pool = new Pool(most, time);
    this.time = time;
  }

  /** This one, with a thread that sweeps from time to time; called once, before any use. */
  public KeptConnections swept() {
    sweeper = Optional.of(Sweeper.start(pool, time));
    return this;
  }

  /** Closes connections that have been at rest for too long, and those that were lost. */
  public void sweep() {
    pool.sweep();
  }

  @Override
  public void prepare(List<Node> nodes) throws IOException {
    next.prepare(nodes);
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    return pool.lease(node, limit, keep, next::connect);
  }

  /** The next use of {@code nodes} connects anew. What is under way is not disturbed. */
  public void forget(Collection<Node> nodes) {
    pool.forget(nodes);
  }

  /** Those of {@code nodes} that have a connection at rest, which may have been lost since. */
  public List<Node> kept(Collection<Node> nodes) {
    Set<Destination> atRest =
        pool.atRest().stream().map(Pool.AtRest::destination).collect(Collectors.toSet());
    return nodes.stream().filter(node -> atRest.contains(Destination.of(node))).toList();
  }

  /** Closes all connections, those in use included. */
  @Override
  public void close() {
    sweeper.ifPresent(Sweeper::close);
    pool.close();
    next.close();
  }
}
