package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The state of one part at this member: its policy, its have-log, who waits for what. One lock
 * guards all of it and is never held over I/O. What carries steps out is {@link PartRun}.
 */
final class Part {
  private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

  /** Transported and plain bytes of chunks on their way, both counted. */
  private static final long MEMORY_BYTES = 32L << 20;

  private final String name;
  private final List<ChunkRef> chunks;
  private final Map<Digest, Integer> indexes = new HashMap<>();
  private final SwarmPolicy policy;
  private final LongSupplier progress;
  private final LongSupplier nanoClock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final HaveLog log = new HaveLog();
  private final List<Fetch> fetches = new ArrayList<>();
  private final Map<Integer, Integer> askers = new HashMap<>();
  private long memoryBytes;
  private long movedNanos;
  private long lastProgress;
  private boolean closed;

  /** {@code progress} is what this member tells others of its own progress. */
  Part(
      String name,
      List<ChunkRef> chunks,
      SwarmPolicy policy,
      LongSupplier progress,
      LongSupplier nanoClock) {
    this.name = name;
    this.chunks = List.copyOf(chunks);
    this.policy = policy;
    this.progress = progress;
    this.nanoClock = nanoClock;
    for (int index = 0; index < chunks.size(); index++) {
      indexes.putIfAbsent(chunks.get(index).transported(), index);
    }
  }

  String name() {
    return name;
  }

  List<ChunkRef> chunks() {
    return chunks;
  }

  ChunkRef chunk(int index) {
    return chunks.get(index);
  }

  OptionalInt indexOf(Digest transported) {
    Integer index = indexes.get(transported);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Whether this member gets {@code chunk} when another asks for it. */
  boolean answersFor(int chunk) {
    lock.lock();
    try {
      return policy.answersFor(chunk, nanoClock.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /** This member has {@code chunk}: whoever waits for it is woken, whoever asks will be told. */
  void have(int chunk) {
    lock.lock();
    try {
      policy.withdraw(chunk);
      log.add(chunk);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  HaveDelta since(long since, int limit) {
    lock.lock();
    try {
      return new HaveDelta(
          log.next(since, limit),
          progress.getAsLong(),
          policy.wantsAnything(),
          log.since(since, limit));
    } finally {
      lock.unlock();
    }
  }

  HaveHeader.Question question(int rank) {
    lock.lock();
    try {
      return new HaveHeader.Question(name, policy.since(rank));
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next step; empty when the part is closed. */
  Optional<Step> awaitStep() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        boolean room = memoryBytes < MEMORY_BYTES;
        Optional<Step> step = room ? policy.next(nanoClock.getAsLong()) : Optional.empty();
        if (step.isPresent()) {
          memoryBytes += cost(step.get());
          return step;
        }
        if (policy.wantsAnything()) {
          changed.awaitNanos(TICK_NANOS);
        } else {
          changed.await();
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes what a step brought, and news that came with it from {@code rank}. */
  void done(Step step, PeerClient.Answer answer, OptionalInt rank) {
    lock.lock();
    try {
      long now = nanoClock.getAsLong();
      if (rank.isPresent() && answer.news().isPresent()) {
        boolean moved = policy.heard(rank.getAsInt(), answer.news().get(), now);
        movedNanos = moved ? now : movedNanos;
      }
      policy.done(step, answer.outcome(), now);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The memory that {@code step} took is free again. */
  void release(Step step) {
    lock.lock();
    try {
      memoryBytes -= cost(step);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long cost(Step step) {
    return switch (step) {
      case Step.Poll poll -> 0;
      case Step.Fetch fetch -> {
        ChunkRef chunk = chunks.get(fetch.chunk());
        yield (long) chunk.transportedLength() + chunk.plainLength();
      }
    };
  }

  void open(Fetch fetch) {
    lock.lock();
    try {
      fetches.add(fetch);
      movedNanos = nanoClock.getAsLong();
    } finally {
      lock.unlock();
    }
  }

  /** {@code fetch} wants a chunk that is not in the store. */
  void want(int chunk) {
    lock.lock();
    try {
      policy.want(chunk, nanoClock.getAsLong());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The fetches whose sink the caller is to give {@code chunk} to; each is told of the end. */
  List<Fetch> claim(int chunk) {
    lock.lock();
    try {
      return fetches.stream().filter(fetch -> fetch.claim(chunk)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the caller is to give {@code chunk} to the sink of {@code fetch}. */
  boolean claim(Fetch fetch, int chunk) {
    lock.lock();
    try {
      return fetch.claim(chunk);
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code update} on the state of a fetch and wakes those who wait. */
  void update(Runnable update) {
    lock.lock();
    try {
      update.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code fetch} has ended, well or not. */
  void await(Fetch fetch, Duration giveUpAfter) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !fetch.complete() && fetch.failure().isEmpty() && moving(giveUpAfter)) {
        changed.awaitNanos(TICK_NANOS);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean moving(Duration giveUpAfter) {
    long now = nanoClock.getAsLong();
    long seen = progress.getAsLong();
    if (seen != lastProgress) {
      lastProgress = seen;
      movedNanos = now;
    }
    return now - movedNanos < giveUpAfter.toNanos();
  }

  /** Ends {@code fetch}: when this returns, its sink is not called any more. */
  void close(Fetch fetch) {
    lock.lock();
    try {
      fetch.close();
      while (fetch.delivering()) {
        changed.awaitUninterruptibly();
      }
      fetches.remove(fetch);
      fetch.missing().forEach(this::withdrawUnlessWanted);
    } finally {
      lock.unlock();
    }
  }

  /** Gets {@code chunk} for somebody who asks; true once it has come, false after {@code limit}. */
  boolean awaitAsked(int chunk, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      askers.merge(chunk, 1, Integer::sum);
      policy.wantUrgently(chunk, nanoClock.getAsLong());
      changed.signalAll();
      long left = limit.toNanos();
      while (!closed && left > 0 && policy.wants(chunk)) {
        left = changed.awaitNanos(left);
      }
      boolean came = !policy.wants(chunk);
      askers.computeIfPresent(chunk, (any, count) -> count == 1 ? null : count - 1);
      withdrawUnlessWanted(chunk);
      return came;
    } finally {
      lock.unlock();
    }
  }

  private void withdrawUnlessWanted(int chunk) {
    if (!askers.containsKey(chunk) && fetches.stream().noneMatch(fetch -> fetch.wants(chunk))) {
      policy.withdraw(chunk);
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
