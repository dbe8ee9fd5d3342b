package io.codeploy.multiquery.ssh.call;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Values that are costly to get, got once per key however many threads ask. The work runs on a
 * thread of its own, so that a caller whose limit passes or who is interrupted leaves without
 * spoiling it for the others. A failure is told to those who wait for it and then forgotten.
 */
public final class Once<K, V> {
  /** The costly work. */
  @FunctionalInterface
  public interface Source<K, V> {
    public V get(K key) throws Exception;
  }

  private final ConcurrentMap<K, FutureTask<V>> tasks = new ConcurrentHashMap<>();
  private final String name;
  private final Source<K, V> source;

  /**
   * @param name of the threads
   */
  public Once(String name, Source<K, V> source) {
    this.name = name;
    this.source = source;
  }

  /** Returns the value, waiting for it up to {@code limitMillis}. */
  public V get(K key, long limitMillis)
      throws InterruptedException, ExecutionException, TimeoutException {
    FutureTask<V> fresh = new FutureTask<>(() -> source.get(key));
    FutureTask<V> known = tasks.putIfAbsent(key, fresh);
    FutureTask<V> task = known == null ? fresh : known;
    if (known == null) {
      Thread.ofVirtual().name(name).start(fresh);
    }
    try {
      return task.get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      tasks.remove(key, task);
      throw e;
    }
  }

  /** Forgets {@code value} so that it is got anew. */
  public void forget(K key, V value) {
    tasks.computeIfPresent(
        key,
        (k, task) ->
            task.state() == Future.State.SUCCESS && task.resultNow() == value ? null : task);
  }
}
