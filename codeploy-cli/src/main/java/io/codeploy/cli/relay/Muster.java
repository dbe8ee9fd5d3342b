package io.codeploy.cli.relay;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the members of a swarm wait for each other, since each has to know the others. Whoever
 * comes when it is over knows those before him, and they need not know him.
 */
final class Muster<T> {
  /** Nodes that are alike come within this of each other. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(250);

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}, as is all below. */
  private final List<T> members = new ArrayList<>();

  private Optional<List<T>> roll = Optional.empty();
  private long firstNanos;
  private long lastNanos;

  Muster(TimeSource time) {
    this.time = time;
  }

  /** Says whether all have come who may come, now or within a time. */
  @FunctionalInterface
  interface Everybody {
    boolean isHere(Duration within) throws InterruptedException;
  }

  /** Whoever there is to be known, in the order in which they came. */
  record Roll<T>(List<T> members, int own) {
    Roll {
      members = List.copyOf(members);
    }
  }

  /** Waits until everybody has come, or nobody for a while; to be called once by each. */
  Roll<T> await(int own, Everybody everybody) throws InterruptedException {
    while (true) {
      boolean all = everybody.isHere(LOOK);
      Optional<Roll<T>> called = call(own, all);
      if (called.isPresent()) {
        return called.get();
      }
    }
  }

  /** Comes, and gets a number, in order. */
  int enter(T member) {
    lock.lock();
    try {
      lastNanos = time.nanoTime();
      firstNanos = members.isEmpty() ? lastNanos : firstNanos;
      members.add(member);
      return members.size() - 1;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Roll<T>> call(int own, boolean all) {
    lock.lock();
    try {
      if (roll.isEmpty() && (all || isQuiet())) {
        roll = Optional.of(List.copyOf(members));
      }
      return roll.map(
          first -> new Roll<>(own < first.size() ? first : members.subList(0, own + 1), own));
    } finally {
      lock.unlock();
    }
  }

  private boolean isQuiet() {
    Duration took = Duration.ofNanos(lastNanos - firstNanos);
    Duration patience = took.compareTo(PATIENCE) > 0 ? took : PATIENCE;
    return time.since(lastNanos).compareTo(patience) >= 0;
  }
}
