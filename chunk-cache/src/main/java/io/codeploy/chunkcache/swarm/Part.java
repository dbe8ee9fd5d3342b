package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import io.codeploy.chunkcache.swarm.policy.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One part at this member, for many threads: one lock guards its state and is never held over I/O.
 * What carries steps out is {@link PartRun}.
 */
final class Part {
  private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

  /** So often who waits for the end of a fetch looks whether to give it up. */
  private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

  /** So long news is gathered: to tell each of 20 members of each chunk costs more than that. */
  static final Duration GATHERING = Duration.ofMillis(100);

  private final String name;
  private final ChunkList chunks;
  private final PartState state;
  private final LongSupplier nanoClock;
  private final Duration gathering;

  private final PartLock lock = new PartLock();
  private boolean closed;

  Part(String name, PartState state, LongSupplier nanoClock, Duration gathering) {
    this.name = name;
    this.chunks = state.chunks();
    this.state = state;
    this.nanoClock = nanoClock;
    this.gathering = gathering;
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
    return lock.read(() -> state.policy().answersFor(chunk, now()));
  }

  /** Whether the origin has refused this member {@code chunk} for good. */
  boolean refused(int chunk) {
    return lock.read(() -> state.policy().refused(chunk));
  }

  /** This member has {@code chunk}: whoever waits for it is woken, whoever asks will be told. */
  void have(int chunk) {
    lock.change(() -> had(chunk, now()));
  }

  private void had(int chunk, long now) {
    state.have(chunk, now);
    lock.news.signalAll();
    if (!state.policy().wantsAnything()) {
      lock.nothingWanted.signalAll();
    }
  }

  HaveDelta since(long since, int limit) {
    return lock.read(() -> state.news(since, limit));
  }

  HaveHeader.Question question(int rank) {
    return lock.read(() -> new HaveHeader.Question(name, state.policy().since(rank)));
  }

  /** Waits for the next step; empty when the part is closed. */
  Optional<Step> awaitStep() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Optional<Step> step = state.next(now());
        if (step.isPresent()) {
          return step;
        }
        if (state.policy().wantsAnything()) {
          lock.changed.awaitNanos(TICK_NANOS);
        } else {
          lock.changed.await();
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes what a step brought, and news that came with it from {@code rank}. */
  void done(Step step, PeerClient.Answer answer, OptionalInt rank) {
    lock.change(() -> ended(step, answer, rank, now()));
  }

  /** Takes what a step brought, as {@link #done} does, and that this member has the chunk. */
  void got(Step.Fetch step, PeerClient.Answer answer, OptionalInt rank) {
    lock.change(
        () -> {
          ended(step, answer, rank, now());
          had(step.chunk(), now());
        });
  }

  private void ended(Step step, PeerClient.Answer answer, OptionalInt rank, long now) {
    if (rank.isPresent()) {
      answer.news().ifPresent(delta -> state.heard(rank.getAsInt(), delta, now));
    }
    state.done(step, answer.outcome(), now);
  }

  /** The memory that {@code step} took is free again. */
  void release(Step.Fetch step) {
    lock.change(() -> state.release(step));
  }

  void open(Fetch fetch) {
    lock.change(() -> state.open(fetch, now()));
  }

  /** A fetch wants a chunk that is not in the store. */
  void want(int chunk) {
    lock.change(() -> state.policy().want(chunk, now()));
  }

  /** The fetches whose sink the caller is to give {@code chunk} to; each is told of the end. */
  List<Fetch> claim(int chunk) {
    return lock.read(() -> state.claim(chunk));
  }

  /** Whether the caller is to give {@code chunk} to the sink of {@code fetch}. */
  boolean claim(Fetch fetch, int chunk) {
    return lock.read(() -> fetch.claim(chunk));
  }

  /** The sink of {@code fetch} has taken {@code chunk}. */
  void delivered(Fetch fetch, int chunk) {
    lock.lock();
    try {
      state.delivered(fetch, chunk, now());
      if (fetch.complete() || !fetch.delivering()) {
        lock.fetched.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code update} on the state of a fetch and wakes those who wait for its end, too. */
  void update(Runnable update) {
    lock.change(
        () -> {
          update.run();
          lock.fetched.signalAll();
        });
  }

  /** Waits until {@code fetch} has ended, well or not, or is to be given up. */
  void await(Fetch fetch) throws InterruptedException {
    lock.lock();
    try {
      while (!closed
          && !fetch.complete()
          && fetch.failure().isEmpty()
          && !state.givenUp(fetch, now())) {
        lock.fetched.awaitNanos(LOOK_NANOS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends {@code fetch}: when this returns, its sink is not called any more. */
  void close(Fetch fetch) {
    lock.lock();
    try {
      fetch.close();
      while (fetch.delivering()) {
        lock.fetched.awaitUninterruptibly();
      }
      state.close(fetch);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gets {@code chunk} for somebody who asks; true once it has come, false after {@code limit}, or
   * when it is refused.
   */
  boolean awaitAsked(int chunk, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      state.ask(chunk, now());
      lock.changed.signalAll();
      await(
          lock.changed, () -> !state.policy().wants(chunk) || state.policy().refused(chunk), limit);
      return !state.policy().wants(chunk);
    } finally {
      state.endAsk(chunk);
      lock.unlock();
    }
  }

  /**
   * Waits until there is more to tell than the log up to {@code since}, and then a moment for what
   * comes next, unless this member wants nothing more. At most {@code limit}.
   */
  void awaitNews(long since, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      Duration left = await(lock.news, () -> state.log().size() != since, limit);
      Duration moment = left.compareTo(gathering) < 0 ? left : gathering;
      await(lock.nothingWanted, () -> !state.policy().wantsAnything(), moment);
    } finally {
      lock.unlock();
    }
  }

  void close() {
    update(
        () -> {
          closed = true;
          lock.news.signalAll();
          lock.nothingWanted.signalAll();
        });
  }

  /** What is left of {@code limit} then. */
  private Duration await(Condition sign, BooleanSupplier over, Duration limit)
      throws InterruptedException {
    long left = limit.toNanos();
    while (!closed && left > 0 && !over.getAsBoolean()) {
      left = sign.awaitNanos(left);
    }
    return Duration.ofNanos(Math.max(0, left));
  }

  private long now() {
    return nanoClock.getAsLong();
  }
}
