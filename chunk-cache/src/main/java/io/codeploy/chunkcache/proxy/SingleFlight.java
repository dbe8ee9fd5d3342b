package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.proxy.TroubleException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does a work once for all who want its result at the time, on a thread of its own, which goes on
 * when nobody waits any longer. Safe for use by many threads.
 */
final class SingleFlight<K, V> {
  private final String name;
  private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

  /** A work. */
  @FunctionalInterface
  interface Work<V> {
    V run() throws IOException;
  }

  /** {@code name} of the threads. */
  SingleFlight(String name) {
    this.name = name;
  }

  /**
   * The result of the work for {@code key} that is under way, else of {@code work}.
   *
   * @throws TroubleException that it has not come within {@code limit}
   * @throws IOException as the work did
   */
  V get(K key, Duration limit, Work<V> work) throws IOException, InterruptedException {
    CompletableFuture<V> mine = new CompletableFuture<>();
    Optional<CompletableFuture<V>> others = Optional.ofNullable(flights.putIfAbsent(key, mine));
    if (others.isEmpty()) {
      Thread.ofVirtual().name(name).start(() -> fly(key, mine, work));
    }
    return await(others.orElse(mine), limit);
  }

  private void fly(K key, CompletableFuture<V> mine, Work<V> work) {
    try {
      V result = work.run();
      // Who comes from now on finds what the work has left, or does it again.
      flights.remove(key, mine);
      mine.complete(result);
    } catch (IOException | RuntimeException | Error e) {
      flights.remove(key, mine);
      mine.completeExceptionally(e);
    }
  }

  private static <V> V await(CompletableFuture<V> flight, Duration limit)
      throws IOException, InterruptedException {
    try {
      return flight.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TroubleException(Kind.BUSY, "the origin takes its time");
    } catch (ExecutionException e) {
      throw Causes.of(e);
    }
  }
}
