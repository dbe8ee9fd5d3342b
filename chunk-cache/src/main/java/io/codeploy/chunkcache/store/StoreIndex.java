package io.codeploy.chunkcache.store;

import io.codeploy.chunkcache.chunk.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which chunks a store has, in the order of their last use, and which of them change at the moment.
 *
 * <p>A chunk whose file is written or deleted is <em>busy</em>, and whoever wants to write or
 * delete the same one waits; so file operations on a chunk never overlap, though none happens under
 * the lock. Who waits has nothing busy himself, so that nobody waits in a circle.
 */
final class StoreIndex {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All guarded by lock.
  private final LinkedHashMap<Digest, Stored> chunks = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Digest, Integer> pins = new HashMap<>();
  private final Set<Digest> busy = new HashSet<>();
  private long limitBytes;
  private long usedBytes;
  private long arrivingBytes;
  private long stamps;

  /**
   * A chunk that is there.
   *
   * @param stamp differs for each arrival of the same chunk
   */
  record Stored(int length, long stamp) {}

  StoreIndex(long quotaBytes) {
    this.limitBytes = quotaBytes;
  }

  /** From now on all is to stay within {@code bytes}, as soon as something comes. */
  void limit(long bytes) {
    lock.lock();
    try {
      limitBytes = bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Enters a chunk that was found on disk. */
  void enter(Digest chunk, int length) {
    lock.lock();
    try {
      chunks.put(chunk, new Stored(length, stamps++));
      usedBytes += length;
    } finally {
      lock.unlock();
    }
  }

  /** A chunk that is there; counts as a use. */
  Optional<Stored> use(Digest chunk) {
    lock.lock();
    try {
      return Optional.ofNullable(chunks.get(chunk));
    } finally {
      lock.unlock();
    }
  }

  boolean contains(Digest chunk) {
    lock.lock();
    try {
      return chunks.containsKey(chunk);
    } finally {
      lock.unlock();
    }
  }

  long usedBytes() {
    lock.lock();
    try {
      return usedBytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reserves room for {@code chunk} and makes it busy, unless it is there already, which counts as
   * a use. Waits while other chunks on their way in leave no room.
   *
   * @return chunks that must be deleted to make the room, busy until {@link #deleted}; empty when
   *     the chunk is there. If present, {@link #arrived} or {@link #failed} must follow
   */
  Optional<List<Digest>> reserve(Digest chunk, int length) {
    lock.lock();
    try {
      // One that is longer than the limit comes in alone.
      while (busy.contains(chunk) || arrivingBytes > Math.max(0, limitBytes - length)) {
        changed.awaitUninterruptibly();
      }
      if (chunks.get(chunk) != null) {
        return Optional.empty();
      }
      busy.add(chunk);
      usedBytes += length;
      arrivingBytes += length;
      return Optional.of(takeVictims());
    } finally {
      lock.unlock();
    }
  }

  /** The reserved chunk is on disk. */
  void arrived(Digest chunk, int length) {
    lock.lock();
    try {
      chunks.put(chunk, new Stored(length, stamps++));
      arrivingBytes -= length;
      busy.remove(chunk);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The reserved chunk is not on disk. */
  void failed(Digest chunk, int length) {
    lock.lock();
    try {
      usedBytes -= length;
      arrivingBytes -= length;
      busy.remove(chunk);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes out what is to be deleted so that all stays within the limit: the least recently used
   * chunks, pinned ones last. They are busy until {@link #deleted}.
   */
  List<Digest> takeVictims() {
    lock.lock();
    try {
      List<Digest> victims = new ArrayList<>();
      takeVictims(victims, false);
      takeVictims(victims, true);
      return victims;
    } finally {
      lock.unlock();
    }
  }

  private void takeVictims(List<Digest> victims, boolean pinned) {
    Iterator<Map.Entry<Digest, Stored>> oldest = chunks.entrySet().iterator();
    while (usedBytes > limitBytes && oldest.hasNext()) {
      Map.Entry<Digest, Stored> entry = oldest.next();
      if (pinned || !pins.containsKey(entry.getKey())) {
        oldest.remove();
        usedBytes -= entry.getValue().length();
        busy.add(entry.getKey());
        victims.add(entry.getKey());
      }
    }
  }

  /** Takes {@code chunk} out to be deleted and makes it busy; false if it is not there. */
  boolean take(Digest chunk) {
    lock.lock();
    try {
      while (busy.contains(chunk)) {
        changed.awaitUninterruptibly();
      }
      Stored stored = chunks.remove(chunk);
      if (stored == null) {
        return false;
      }
      usedBytes -= stored.length();
      busy.add(chunk);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The files of chunks that were taken out are gone. */
  void deleted(Collection<Digest> gone) {
    lock.lock();
    try {
      gone.forEach(busy::remove);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void pin(Collection<Digest> pinned) {
    lock.lock();
    try {
      pinned.forEach(chunk -> pins.merge(chunk, 1, Integer::sum));
    } finally {
      lock.unlock();
    }
  }

  void unpin(Collection<Digest> pinned) {
    lock.lock();
    try {
      pinned.forEach(chunk -> pins.computeIfPresent(chunk, (c, n) -> n == 1 ? null : n - 1));
    } finally {
      lock.unlock();
    }
  }
}
