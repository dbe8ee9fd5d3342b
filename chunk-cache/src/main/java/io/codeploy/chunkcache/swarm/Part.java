package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The state of one part at this member: its policy, its have-log, who waits for what. One lock
 * guards all of it and is never held over I/O. What carries steps out is {@link PartRun}.
 */
final class Part {
  private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

  private final String name;
  private final ChunkList chunks;
  private final SwarmPolicy policy;
  private final LongSupplier progress;
  private final LongSupplier nanoClock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final HaveLog log = new HaveLog();
  private final Demand demand = new Demand();
  private final Memory memory;
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
    this.chunks = new ChunkList(chunks);
    this.memory = new Memory(this.chunks);
    this.policy = policy;
    this.progress = progress;
    this.nanoClock = nanoClock;
  }

  String name() {
    return name;
  }

  int size() {
    return chunks.size();
  }

  ChunkRef chunk(int index) {
    return chunks.get(index);
  }

  OptionalInt indexOf(Digest transported) {
    return chunks.indexOf(transported);
  }

  /** Whether this member gets {@code chunk} when another asks for it. */
  boolean answersFor(int chunk) {
    return locked(() -> policy.answersFor(chunk, nanoClock.getAsLong()));
  }

  /** This member has {@code chunk}: whoever waits for it is woken, whoever asks will be told. */
  void have(int chunk) {
    update(
        () -> {
          policy.withdraw(chunk);
          log.add(chunk);
        });
  }

  HaveDelta since(long since, int limit) {
    return locked(
        () ->
            new HaveDelta(
                log.next(since, limit),
                progress.getAsLong(),
                policy.wantsAnything(),
                log.since(since, limit)));
  }

  HaveHeader.Question question(int rank) {
    return locked(() -> new HaveHeader.Question(name, policy.since(rank)));
  }

  /** Waits for the next step; empty when the part is closed. */
  Optional<Step> awaitStep() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Optional<Step> step =
            memory.hasRoom() ? policy.next(nanoClock.getAsLong()) : Optional.empty();
        if (step.isPresent()) {
          memory.take(step.get());
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
    update(
        () -> {
          long now = nanoClock.getAsLong();
          if (rank.isPresent() && answer.news().isPresent()) {
            boolean moved = policy.heard(rank.getAsInt(), answer.news().get(), now);
            movedNanos = moved ? now : movedNanos;
          }
          policy.done(step, answer.outcome(), now);
        });
  }

  /** The memory that {@code step} took is free again. */
  void release(Step step) {
    update(() -> memory.giveBack(step));
  }

  void open(Fetch fetch) {
    update(
        () -> {
          demand.open(fetch);
          movedNanos = nanoClock.getAsLong();
        });
  }

  /** {@code fetch} wants a chunk that is not in the store. */
  void want(int chunk) {
    update(() -> policy.want(chunk, nanoClock.getAsLong()));
  }

  /** The fetches whose sink the caller is to give {@code chunk} to; each is told of the end. */
  List<Fetch> claim(int chunk) {
    return locked(() -> demand.claim(chunk));
  }

  /** Whether the caller is to give {@code chunk} to the sink of {@code fetch}. */
  boolean claim(Fetch fetch, int chunk) {
    return locked(() -> fetch.claim(chunk));
  }

  /** Runs {@code update} on the state of the part or of a fetch and wakes those who wait. */
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
      demand.close(fetch);
      fetch.missing().forEach(this::withdrawUnlessWanted);
    } finally {
      lock.unlock();
    }
  }

  /** Gets {@code chunk} for somebody who asks; true once it has come, false after {@code limit}. */
  boolean awaitAsked(int chunk, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      demand.ask(chunk);
      policy.wantUrgently(chunk, nanoClock.getAsLong());
      changed.signalAll();
      long left = limit.toNanos();
      while (!closed && left > 0 && policy.wants(chunk)) {
        left = changed.awaitNanos(left);
      }
      boolean came = !policy.wants(chunk);
      demand.endAsk(chunk);
      withdrawUnlessWanted(chunk);
      return came;
    } finally {
      lock.unlock();
    }
  }

  private void withdrawUnlessWanted(int chunk) {
    if (!demand.exists(chunk)) {
      policy.withdraw(chunk);
    }
  }

  void close() {
    update(() -> closed = true);
  }

  private <T> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }
}
