package io.codeploy.multicopy.source;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Values that are made by the first thread that asks for one; the others wait. What it failed with,
 * all of them get, now and later.
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
    FutureTask<V> fresh = new FutureTask<>(() -> maker.make(key));
    FutureTask<V> known = tasks.putIfAbsent(key, fresh);
    if (known == null) {
      fresh.run();
    }
    return (known == null ? fresh : known).get();
  }

  /** All that have been made. */
  public Stream<V> made() {
    return tasks.values().stream()
        .filter(task -> task.state() == FutureTask.State.SUCCESS)
        .map(FutureTask::resultNow);
  }
}
