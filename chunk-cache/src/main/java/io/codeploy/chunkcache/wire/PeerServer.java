package io.codeploy.chunkcache.wire;

import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Serves members: HTTP/1.1 without bodies of requests, a platform thread for each connection, whose
 * blocking writes leave the waiting to the kernel. Connections that stand still for 30 s are
 * closed, and of more than 400 the one that was idle for longest.
 */
public final class PeerServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PeerServer.class.getName());
  private static final int BACKLOG = 1024;
  private static final int MAX_CONNECTIONS = 400;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** How long a connection may stand still. */
  public static final Duration DEFAULT_STALL = Duration.ofSeconds(30);

  private final String name;
  private final ServerSocketChannel listening;
  private final InetSocketAddress address;
  private final Route route;
  private final LongSupplier nanoClock;
  private final Duration stall;
  private final Set<ServedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong count = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch deaf = new CountDownLatch(1);

  private PeerServer(
      String name,
      ServerSocketChannel listening,
      Route route,
      LongSupplier nanoClock,
      Duration stall)
      throws IOException {
    this.name = name;
    this.listening = listening;
    this.address = (InetSocketAddress) listening.getLocalAddress();
    this.route = route;
    this.nanoClock = nanoClock;
    this.stall = stall;
  }

  /**
   * Binds {@code address} and serves it until closed.
   *
   * @param name begins the names of the server's threads
   * @param route called by many threads; 404 where it does not answer
   * @param nanoClock monotonic nanoseconds
   * @throws IOException if the address cannot be bound
   */
  public static PeerServer start(
      String name, InetSocketAddress address, Route route, LongSupplier nanoClock, Duration stall)
      throws IOException {
    Objects.requireNonNull(route, "route is null");
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + address.getHostString() + ", nothing to listen on");
    }
    ServerSocketChannel listening = ServerSocketChannel.open();
    try {
      listening.bind(address, BACKLOG);
      PeerServer server = new PeerServer(name, listening, route, nanoClock, stall);
      Thread.ofPlatform().daemon().name(name + "-accept").start(server::accept);
      Thread.ofVirtual().name(name + "-watch").start(server::watch);
      return server;
    } catch (IOException e) {
      listening.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Ends all connections and frees the address; routes that wait for nothing else go on. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listening.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a listening socket does not close", e);
    }
    awaitDeaf();
    connections.forEach(ServedConnection::close);
  }

  /** Who waits for a connection holds the address until it has been woken up. */
  private void awaitDeaf() {
    try {
      deaf.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    try {
      boolean open = true;
      while (open) {
        try {
          take(listening.accept());
        } catch (IOException | OutOfMemoryError e) {
          // Closed, or no file or thread left for a further connection, which passes.
          LOG.log(System.Logger.Level.DEBUG, "no connection", e);
          open = !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      deaf.countDown();
    }
  }

  private void take(SocketChannel channel) throws IOException {
    ServedConnection connection = new ServedConnection(channel, route, nanoClock);
    makeRoom();
    connections.add(connection);
    boolean served = false;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Thread.ofPlatform()
          .daemon()
          .name(name + "-" + count.incrementAndGet())
          .start(() -> serve(connection));
      served = true;
    } finally {
      // A system that gives no further thread is no reason to serve nobody any more.
      if (!served || closed.getCount() == 0) {
        end(connection);
      }
    }
  }

  private void serve(ServedConnection connection) {
    try {
      connection.serve();
    } finally {
      connections.remove(connection);
    }
  }

  private void makeRoom() {
    if (connections.size() >= MAX_CONNECTIONS) {
      long now = nanoClock.getAsLong();
      Comparator<ServedConnection> stillest = Comparator.comparingLong(one -> one.stillNanos(now));
      Optional<ServedConnection> idle =
          connections.stream().filter(ServedConnection::idle).max(stillest);
      idle.or(() -> connections.stream().max(stillest)).ifPresent(this::end);
    }
  }

  private void end(ServedConnection connection) {
    connections.remove(connection);
    connection.close();
  }

  private void watch() {
    try {
      long look = Math.min(LOOK.toMillis(), stall.toMillis());
      while (!closed.await(look, TimeUnit.MILLISECONDS)) {
        long now = nanoClock.getAsLong();
        connections.stream()
            .filter(one -> one.stillNanos(now) > stall.toNanos())
            .forEach(ServedConnection::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
