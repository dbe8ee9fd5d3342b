package io.codeploy.chunkcache.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Connections that wait for their next request. Safe for use by many threads. */
final class IdleConnections implements AutoCloseable {
  /** Shorter than the servers' own limit, so that one is rarely closed under a request. */
  private static final long KEEP_NANOS = Duration.ofSeconds(20).toNanos();

  private static final int MAX_KEPT = 64;

  private record Idle(InetSocketAddress address, Connection connection, long sinceNanos) {}

  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** The last one used last. Guarded by {@link #lock}, as is what follows. */
  private final Deque<Idle> kept = new ArrayDeque<>();

  private boolean swept;
  private boolean closed;

  IdleConnections(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** The one to {@code address} that was used last. */
  Optional<Connection> take(InetSocketAddress address) {
    lock.lock();
    try {
      Iterator<Idle> latest = kept.descendingIterator();
      while (latest.hasNext()) {
        Idle idle = latest.next();
        if (idle.address().equals(address)) {
          latest.remove();
          return Optional.of(idle.connection());
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps {@code connection} for a while, or closes it. */
  void giveBack(InetSocketAddress address, Connection connection) {
    List<Connection> over = new ArrayList<>();
    lock.lock();
    try {
      if (closed) {
        over.add(connection);
      } else {
        kept.addLast(new Idle(address, connection, nanoClock.getAsLong()));
        if (kept.size() > MAX_KEPT) {
          over.add(kept.removeFirst().connection());
        }
        startSweep();
      }
    } finally {
      lock.unlock();
    }
    over.forEach(Connection::close);
  }

  /** Closes what is kept; what is given back from now on is closed at once. */
  @Override
  public void close() {
    List<Connection> over;
    lock.lock();
    try {
      closed = true;
      over = kept.stream().map(Idle::connection).toList();
      kept.clear();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    over.forEach(Connection::close);
  }

  private void startSweep() {
    if (!swept) {
      swept = true;
      Thread.ofVirtual().name("peer-idle").start(this::sweep);
    }
  }

  /** Until nothing is kept, since nobody else looks at them once all has been fetched. */
  private void sweep() {
    List<Connection> over = awaitOld();
    while (!over.isEmpty()) {
      over.forEach(Connection::close);
      over = awaitOld();
    }
  }

  /** Takes out what has been kept for too long; empty once nothing is kept any more. */
  private List<Connection> awaitOld() {
    lock.lock();
    try {
      List<Connection> old = new ArrayList<>();
      while (!kept.isEmpty() && old.isEmpty()) {
        long left = kept.getFirst().sinceNanos() + KEEP_NANOS - nanoClock.getAsLong();
        if (left <= 0) {
          old.add(kept.removeFirst().connection());
        } else {
          ended.awaitNanos(left);
        }
      }
      swept = !old.isEmpty();
      return old;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      swept = false;
      return List.of();
    } finally {
      lock.unlock();
    }
  }
}
