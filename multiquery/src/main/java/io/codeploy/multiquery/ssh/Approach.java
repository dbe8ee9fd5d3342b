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
 * work while this process is still getting ready. What was begun ahead and failed, or was never
 * begun, makes no difference but in time.
 */
final class Approach {
  private final Addresses addresses = new Addresses();

  /**
   * Ways that were begun, a host as often as it is to be connected to. By identity, since a
   * resolver's answer for a host is one object, and the first hash of a record takes the JVM 10 ms.
   */
  private final Map<HostSettings, Queue<CompletableFuture<Way>>> begun =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private final Sockets sockets;
  private final TimeSource time;

  /** Addresses to try, and what was begun to the first of them. */
  record Way(List<InetSocketAddress> addresses, Optional<Sockets.Dialled> first) {
    static Way to(List<InetSocketAddress> addresses) {
      return new Way(addresses, Optional.empty());
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
    begun.computeIfAbsent(settings, s -> new ConcurrentLinkedQueue<>()).add(way);
    Thread.ofVirtual().name("ssh-approach").start(() -> begin(settings, way));
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
    Optional<CompletableFuture<Way>> ahead = taken(settings);
    if (ahead.isPresent()) {
      try {
        return ahead.get().get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        // As if it had not been begun.
      } catch (TimeoutException e) {
        throw deadline.timedOut("connect");
      } finally {
        ahead.get().cancel(false);
      }
    }
    return Way.to(addresses.of(settings.target(), settings.reach().family(), deadline));
  }

  /** Ends what was begun for one use that does not come. */
  void giveUp(HostSettings settings) {
    Optional<CompletableFuture<Way>> ahead = taken(settings);
    if (ahead.isPresent()
        && !ahead.get().cancel(false)
        && ahead.get().state() == Future.State.SUCCESS) {
      ahead.get().resultNow().first().ifPresent(Sockets.Dialled::close);
    }
  }

  private Optional<CompletableFuture<Way>> taken(HostSettings settings) {
    return Optional.ofNullable(begun.get(settings)).map(Queue::poll);
  }
}
