package io.codeploy.multicopy.source;

import io.codeploy.multiquery.fanout.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Values that are made once, by a thread that asks for one; others who ask meanwhile wait. What it
 * failed with, all of them get, and who asks within {@link #FAILED} or as long as it took, lest
 * each of many nodes have the same fail again; who asks later has it tried again. For any number of
 * threads.
 */
public final class MadeOnce<K, V> {
  /** Makes them. */
  @FunctionalInterface
  public interface Maker<K, V> {
    V make(K key) throws Exception;
  }

  /** So long a failure holds at the least. */
  static final Duration FAILED = Duration.ofSeconds(30);

  private final ConcurrentMap<K, Making> tasks = new ConcurrentHashMap<>();
  private final Maker<K, V> maker;
  private final TimeSource time;

  /** Makes nothing yet. */
  public MadeOnce(Maker<K, V> maker, TimeSource time) {
    this.maker = maker;
    this.time = time;
  }

  /**
   * The value for {@code key}.
   *
   * @throws ExecutionException with what making it failed with
   * @throws InterruptedException if this thread was interrupted; where another was that made it,
   *     this one does
   */
  public V get(K key) throws ExecutionException, InterruptedException {
    while (true) {
      Making task = tasks.get(key);
      if (task == null || task.isOver()) {
        task = tasks.compute(key, (same, old) -> old == null || old.isOver() ? task(same) : old);
      }
      // Nothing if another thread has begun with it.
      task.run();
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof InterruptedException)) {
          throw e;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  /** Has {@code executor} make the value for {@code key} before it is asked for. */
  void begin(K key, Executor executor) {
    Making task = task(key);
    if (tasks.putIfAbsent(key, task) == null) {
      executor.execute(task);
    }
  }

  /**
   * The value for {@code key} is known from elsewhere, unless somebody is making it; whatever
   * making it has failed with.
   */
  void offer(K key, V value) {
    Making known = new Making(() -> value, new AtomicLong());
    known.run();
    tasks.merge(
        key, known, (old, offered) -> old.state() == FutureTask.State.FAILED ? offered : old);
  }

  /** The value for {@code key}, if it has been made. */
  Optional<V> find(K key) {
    return Optional.ofNullable(tasks.get(key)).filter(MadeOnce::isMade).map(FutureTask::resultNow);
  }

  /** All that have been made. */
  public Stream<V> made() {
    return tasks.values().stream().filter(MadeOnce::isMade).map(FutureTask::resultNow);
  }

  private Making task(K key) {
    AtomicLong beganNanos = new AtomicLong();
    return new Making(
        () -> {
          beganNanos.set(time.nanoTime());
          try {
            return maker.make(key);
          } catch (InterruptedException e) {
            // By this it is known in get() whose interruption it was.
            Thread.currentThread().interrupt();
            throw e;
          }
        },
        beganNanos);
  }

  private final class Making extends FutureTask<V> {
    private final AtomicLong beganNanos;
    private final AtomicLong endedNanos = new AtomicLong();

    Making(Callable<V> work, AtomicLong beganNanos) {
      super(work);
      this.beganNanos = beganNanos;
    }

    @Override
    protected void done() {
      endedNanos.set(time.nanoTime());
    }

    /** Whether it failed and that holds no longer; that who made it was interrupted never does. */
    boolean isOver() {
      if (state() != State.FAILED) {
        return false;
      }
      Duration took = Duration.ofNanos(endedNanos.get() - beganNanos.get());
      Duration holds = took.compareTo(FAILED) > 0 ? took : FAILED;
      return exceptionNow() instanceof InterruptedException
          || time.since(endedNanos.get()).compareTo(holds) >= 0;
    }
  }

  private static boolean isMade(FutureTask<?> task) {
    return task.state() == FutureTask.State.SUCCESS;
  }
}
