package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.warm.Pool;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** Who is here, and what they have on lease. Safe for many threads; its lock is over no I/O. */
final class Visits {
  private final Pool pool;
  private final VisitConnectors connectors;
  private final RandomGenerator random;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Lifetime lifetime;
  private final Map<Long, Visit> visits = new HashMap<>();
  private final Map<Long, Leased> leases = new HashMap<>();

  /** Visits that are over and whose connections are kept. */
  private final List<Visit> past = new ArrayList<>();

  Visits(Pool pool, VisitConnectors connectors, RandomGenerator random, TimeSource time) {
    this.pool = pool;
    this.connectors = connectors;
    this.random = random;
    this.time = time;
    this.lifetime = new Lifetime(time.nanoTime());
  }

  Pool pool() {
    return pool;
  }

  /** A visit begins; empty when the keeper is about to end. */
  Optional<Visit> begin(Wishes wishes, AbsentPerson person) {
    lock.lock();
    try {
      if (lifetime.leaving()) {
        return Optional.empty();
      }
      Visit visit = new Visit(random.nextLong(), wishes, connectors, person, random, time);
      lifetime.visitBegins(wishes.keep());
      visits.put(visit.number(), visit);
      return Optional.of(visit);
    } finally {
      lock.unlock();
    }
  }

  /** It is over, and with it what it still has on lease. */
  void end(Visit visit) {
    List<Leased> left;
    lock.lock();
    try {
      visits.remove(visit.number());
      past.add(visit);
      left = leases.values().stream().filter(leased -> leased.visit() == visit).toList();
      left.forEach(leased -> leases.remove(leased.number()));
    } finally {
      lock.unlock();
    }
    left.forEach(Leased::drop);
    lock.lock();
    try {
      lifetime.visitEnds(time.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  boolean noneUnderWay() {
    lock.lock();
    try {
      return visits.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  Optional<Visit> find(long number) {
    lock.lock();
    try {
      return Optional.ofNullable(visits.get(number));
    } finally {
      lock.unlock();
    }
  }

  /** A connection for {@code visit}. */
  Leased lease(Visit visit, Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    Leased leased =
        new Leased(random.nextLong(), visit, pool.lease(node, limit, visit.keep(), visit::connect));
    boolean here;
    lock.lock();
    try {
      here = visits.containsKey(visit.number());
      if (here) {
        leases.put(leased.number(), leased);
      }
    } finally {
      lock.unlock();
    }
    if (!here) {
      leased.drop();
    }
    return leased;
  }

  Optional<Leased> leased(long number) {
    lock.lock();
    try {
      return Optional.ofNullable(leases.get(number));
    } finally {
      lock.unlock();
    }
  }

  /** Ends a lease, if it has not ended yet. */
  void drop(long number) {
    Optional<Leased> leased;
    lock.lock();
    try {
      leased = Optional.ofNullable(leases.remove(number));
    } finally {
      lock.unlock();
    }
    leased.ifPresent(Leased::drop);
  }

  /** Lets go of what is at rest, and begins no more visits. */
  void leave() {
    lock.lock();
    try {
      lifetime.leave();
    } finally {
      lock.unlock();
    }
    pool.close();
  }

  /** Connections of visits that are over, and for which a spare is to be started. */
  List<SparedConnection> wantSpares() {
    return past().stream().flatMap(visit -> visit.wantSpares().stream()).toList();
  }

  private List<Visit> past() {
    lock.lock();
    try {
      return List.copyOf(past);
    } finally {
      lock.unlock();
    }
  }

  /** Closes what is of no more use; says whether the keeper itself is. */
  boolean sweep() {
    pool.sweep();
    past().forEach(Visit::dropOldSpares);
    List<Visit> unused = past().stream().filter(Visit::closeIfUnused).toList();
    lock.lock();
    try {
      past.removeAll(unused);
      return lifetime.over(time.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /** Ends everything. */
  void close() {
    pool.close();
    List<Visit> all;
    lock.lock();
    try {
      all = new ArrayList<>(past);
      all.addAll(visits.values());
    } finally {
      lock.unlock();
    }
    all.forEach(Visit::close);
  }
}
