package io.codeploy.chunkcache.swarm;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The parts that a member has joined, by name. Safe for use by many threads. */
final class Parts {
  private final Map<String, Part> parts = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();

  void add(Part part) {
    lock.lock();
    try {
      parts.put(part.name(), part);
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Optional<Part> find(String name) {
    return Optional.ofNullable(parts.get(name));
  }

  Collection<Part> all() {
    return parts.values();
  }

  /** Waits until there is a part of that name, but at most {@code limit}. */
  Optional<Part> await(String name, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (left > 0 && !parts.containsKey(name)) {
        left = added.awaitNanos(left);
      }
      return find(name);
    } finally {
      lock.unlock();
    }
  }
}
