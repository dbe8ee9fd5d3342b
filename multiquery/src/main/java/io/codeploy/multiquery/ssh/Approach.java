package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.config.HostSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way to a host's door: its addresses, and a connection to the first of them that may have been
 * begun ahead of its use, so that name servers, the network and the server's fork for it are at
 * work while this process is still getting ready. What was begun ahead and failed, was begun too
 * long ago, or was never begun, makes no difference but in time.
 */
final class Approach {
  /**
   * A server waits for a login for half a minute at least. Somebody may have been asked meanwhile.
   */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Addresses addresses = new Addresses();

  /**
   * Ways that were begun, a host as often as it is to be connected to. By identity, since a
   * resolver's answer for a host is one object, and the first hash of a record takes the JVM 10 ms.
   */
  private final Map<HostSettings, Queue<Ahead>> begun =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private final Sockets sockets;
  private final TimeSource time;

  /** Addresses to try, and what was begun to the first of them. */
  record Way(List<InetSocketAddress> addresses, Optional<Sockets.Dialled> first) {
    static Way to(List<InetSocketAddress> addresses) {
      return new Way(addresses, Optional.empty());
    }
  }

  /** A way that was begun then. */
  private record Ahead(CompletableFuture<Way> way, long nanos) {
    void giveUp() {
      if (!way.cancel(false) && way.state() == Future.State.SUCCESS) {
        way.resultNow().first().ifPresent(Sockets.Dialled::close);
      }
    }
  }

  Approach(Sockets sockets, TimeSource time) {
    this.sockets = sockets;
    this.time = time;
  }

  /** Begins, for one use by {@link #way}; only where nothing stands between here and the host. */
  void begin(HostSettings settings) {
    if (!(settings.reach().proxy() instanceof HostSettings.Proxy.None)) {
      return;
    }
    CompletableFuture<Way> way = new CompletableFuture<>();
    begun
        .computeIfAbsent(settings, s -> new ConcurrentLinkedQueue<>())
        .add(new Ahead(way, time.nanoTime()));
    Thread.ofVirtual().name("ssh-approach").start(() -> begin(settings, way));
  }

  /**
   * Has what nobody took ended when it is not fresh any more: a run that is halted launches no more
   * and may yet go on for long, with servers that wait for logins. Called when all is begun.
   */
  void letGo() {
    if (!begun.isEmpty()) {
      Thread.ofVirtual().name("ssh-approach").start(this::endStale);
    }
  }

  private void endStale() {
    try {
      time.sleep(FRESH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    for (Queue<Ahead> ahead : List.copyOf(begun.values())) {
      for (Ahead stale = ahead.poll(); stale != null; stale = ahead.poll()) {
        stale.giveUp();
      }
    }
  }

  private void begin(HostSettings settings, CompletableFuture<Way> wanted) {
    try {
      List<InetSocketAddress> all =
          addresses.of(
              settings.target(), settings.reach().family(), Deadline.after(time, Duration.ZERO));
      Sockets.Dialled first = dial(settings, all.getFirst());
      if (!wanted.complete(new Way(all, Optional.of(first)))) {
        first.close();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      // Whoever connects meets it again.
      wanted.completeExceptionally(e);
    } finally {
      wanted.completeExceptionally(new IOException("not begun"));
    }
  }

  /** Begins a connection from where ssh_config wants it. */
  Sockets.Dialled dial(HostSettings settings, InetSocketAddress address) throws IOException {
    Optional<String> source = settings.reach().source();
    return sockets.dial(
        address,
        source.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(source.get())));
  }

  /** The way to a host that nothing stands before. */
  Way way(HostSettings settings, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    Optional<Ahead> ahead = taken(settings);
    if (ahead.isPresent()) {
      Optional<Way> way = fresh(ahead.get(), deadline);
      if (way.isPresent()) {
        return way.get();
      }
    }
    return Way.to(addresses.of(settings.target(), settings.reach().family(), deadline));
  }

  /** Empty where it is as if it had not been begun. */
  private Optional<Way> fresh(Ahead ahead, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    boolean taken = false;
    try {
      if (time.since(ahead.nanos()).compareTo(FRESH) > 0) {
        return Optional.empty();
      }
      Way way = ahead.way().get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      taken = true;
      return Optional.of(way);
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (TimeoutException e) {
      throw deadline.timedOut("connect");
    } finally {
      if (!taken) {
        ahead.giveUp();
      }
    }
  }

  /** Ends what was begun for one use that does not come. */
  void giveUp(HostSettings settings) {
    taken(settings).ifPresent(Ahead::giveUp);
  }

  private Optional<Ahead> taken(HostSettings settings) {
    return Optional.ofNullable(begun.get(settings)).map(Queue::poll);
  }
}
