package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Connections in use and at rest. One that is in use is its user's alone; whoever else wants the
 * node gets another one, as servers bound what may be done over one at once (MaxSessions). Safe for
 * many threads; its lock is held over no I/O.
 */
public final class Pool implements AutoCloseable {
  /** For the sign of life; a peer that takes longer is asked by a new connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TimeSource time;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Shelf shelf = new Shelf();
  private final Set<Lease> leases = new HashSet<>();
  private boolean closed;

  /**
   * @param most how many there may be, used and unused; more are used if asked for, but then none
   *     is kept
   */
  public Pool(int most, TimeSource time) {
    this.most = most;
    this.time = time;
  }

  /** Makes a connection. */
  @FunctionalInterface
  public interface Source {
    Connection connect(Node node, Duration limit) throws NodeFailedException, InterruptedException;
  }

  /** A live connection to {@code node} for one user, kept when that user closes it. */
  public Lease lease(Node node, Duration limit, Duration keep, Source source)
      throws NodeFailedException, InterruptedException {
    long start = time.nanoTime();
    Duration left = limit;
    for (Optional<Kept> kept = take(node); kept.isPresent(); kept = take(node)) {
      if (isAlive(kept.get(), left)) {
        return lent(new Lease(this, node, kept.get().connection(), keep));
      }
      left = limit.isZero() ? limit : atLeastAMilli(limit.minus(time.since(start)));
    }
    makeRoom();
    return lent(new Lease(this, node, source.connect(node, left), keep));
  }

  /** Zero would be no limit at all. */
  private static Duration atLeastAMilli(Duration left) {
    Duration milli = Duration.ofMillis(1);
    return left.compareTo(milli) < 0 ? milli : left;
  }

  /** Whether a connection to {@code node} is at rest. */
  public boolean keeps(Node node) {
    lock.lock();
    try {
      return shelf.has(Destination.of(node));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Kept> take(Node node) {
    lock.lock();
    try {
      return shelf.take(Destination.of(node));
    } finally {
      lock.unlock();
    }
  }

  /** Whether it can be used; closed if not. */
  private boolean isAlive(Kept kept, Duration limit) throws InterruptedException {
    Duration patience =
        limit.isZero() || PATIENCE.compareTo(limit) < 0 ? PATIENCE : limit.dividedBy(2);
    boolean alive = false;
    try {
      Connection connection = kept.connection();
      alive =
          connection.isOpen()
              && (!kept.wantsCheck(time.nanoTime()) || connection.answers(patience));
      return alive;
    } finally {
      if (!alive) {
        kept.connection().close();
      }
    }
  }

  private void makeRoom() {
    Optional<Kept> tooMany = Optional.empty();
    lock.lock();
    try {
      if (leases.size() + shelf.size() >= most) {
        tooMany = shelf.takeOldest();
      }
    } finally {
      lock.unlock();
    }
    tooMany.ifPresent(kept -> kept.connection().close());
  }

  private Lease lent(Lease lease) {
    lock.lock();
    try {
      leases.add(lease);
      return lease;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what {@code lease} was about; closes it unless it may be kept. */
  void takeBack(Lease lease, boolean keep) {
    boolean kept;
    lock.lock();
    try {
      leases.remove(lease);
      kept = keep && !closed && leases.size() + shelf.size() < most;
      if (kept) {
        Destination destination = Destination.of(lease.node());
        shelf.put(new Kept(destination, lease.lent(), lease.keep(), time.nanoTime()));
      }
    } finally {
      lock.unlock();
    }
    if (!kept) {
      lease.lent().close();
    }
  }

  /** Closes those at rest that lead to {@code nodes}; those in use when their use ends. */
  public void forget(Collection<Node> nodes) {
    Set<Destination> wanted = new HashSet<>();
    nodes.forEach(node -> wanted.add(Destination.of(node)));
    List<Kept> forgotten;
    lock.lock();
    try {
      forgotten = shelf.takeAll(kept -> wanted.contains(kept.destination()));
      leases.stream()
          .filter(lease -> wanted.contains(Destination.of(lease.node())))
          .forEach(Lease::forget);
    } finally {
      lock.unlock();
    }
    forgotten.forEach(kept -> kept.connection().close());
  }

  /** Closes those whose time is over, and those that were lost. */
  public void sweep() {
    List<Kept> over;
    lock.lock();
    try {
      long now = time.nanoTime();
      over = shelf.takeAll(kept -> !kept.left(now).isPositive() || !kept.connection().isOpen());
    } finally {
      lock.unlock();
    }
    over.forEach(kept -> kept.connection().close());
  }

  /** Where those at rest lead to, and how long they will stay if they are not used. */
  public List<AtRest> atRest() {
    lock.lock();
    try {
      long now = time.nanoTime();
      return shelf.all().stream()
          .map(kept -> new AtRest(kept.destination(), kept.left(now)))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** A connection at rest and the time it has left. */
  public record AtRest(Destination destination, Duration left) {}

  /** Closes those at rest; those in use when their use ends. */
  @Override
  public void close() {
    List<Kept> all;
    lock.lock();
    try {
      closed = true;
      all = shelf.takeAll(kept -> true);
    } finally {
      lock.unlock();
    }
    all.forEach(kept -> kept.connection().close());
  }
}
