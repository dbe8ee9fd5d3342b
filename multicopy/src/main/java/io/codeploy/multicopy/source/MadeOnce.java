package io.codeploy.multicopy.source;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Values that are made once, by a thread that asks for one; others who ask meanwhile wait. What it
 * failed with, all of them get; who asks later has it tried again. For any number of threads.
 */
public final class MadeOnce<K, V> {
  /** Makes them. */
  @FunctionalInterface
  public interface Maker<K, V> {
    V make(K key) throws Exception;
  }

  private final ConcurrentMap<K, FutureTask<V>> tasks = new ConcurrentHashMap<>();
  private final Maker<K, V> maker;

  /** Makes nothing yet. */
  public MadeOnce(Maker<K, V> maker) {
    this.maker = maker;
  }

  /**
   * The value for {@code key}.
   *
   * @throws ExecutionException with what making it failed with
   */
  public V get(K key) throws ExecutionException, InterruptedException {
    FutureTask<V> task = tasks.computeIfAbsent(key, this::task);
    // Nothing if another thread has begun with it.
    task.run();
    return task.get();
  }

  /** Has {@code executor} make the value for {@code key} before it is asked for. */
  void begin(K key, Executor executor) {
    FutureTask<V> task = task(key);
    if (tasks.putIfAbsent(key, task) == null) {
      executor.execute(task);
    }
  }

  /** The value for {@code key} is known from elsewhere, unless somebody is making it. */
  void offer(K key, V value) {
    FutureTask<V> known = new FutureTask<>(() -> value);
    known.run();
    tasks.putIfAbsent(key, known);
  }

  /** The value for {@code key}, if it has been made. */
  Optional<V> find(K key) {
    return Optional.ofNullable(tasks.get(key)).filter(MadeOnce::isMade).map(FutureTask::resultNow);
  }

  /** All that have been made. */
  public Stream<V> made() {
    return tasks.values().stream().filter(MadeOnce::isMade).map(FutureTask::resultNow);
  }

  private FutureTask<V> task(K key) {
    return new FutureTask<>(() -> make(key));
  }

  /** Whoever asks after a failure finds nothing. */
  private V make(K key) throws Exception {
    boolean made = false;
    try {
      V value = maker.make(key);
      made = true;
      return value;
    } finally {
      if (!made) {
        tasks.remove(key);
      }
    }
  }

  private static boolean isMade(FutureTask<?> task) {
    return task.state() == FutureTask.State.SUCCESS;
  }
}
