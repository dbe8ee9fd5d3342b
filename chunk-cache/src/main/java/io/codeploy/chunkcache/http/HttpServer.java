package io.codeploy.chunkcache.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP/1.1 server on one or several addresses, each with routes of its own. Routes run on the
 * platform threads of one bounded pool and may block. The common rules of {@code
 * docs/formats/http.md} hold for all of them.
 */
public final class HttpServer implements AutoCloseable {
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);
  private static final int MAX_REQUEST_HEADER_BYTES = 16 << 10;
  private static final long MAX_REQUEST_BODY_BYTES = 16 << 20;
  private static final int MAX_ROUTE_THREADS = 32;
  private static final Duration THREAD_IDLE_LIMIT = Duration.ofSeconds(20);

  private final Server server;
  private final List<InetSocketAddress> addresses;

  private HttpServer(Server server, List<InetSocketAddress> addresses) {
    this.server = server;
    this.addresses = List.copyOf(addresses);
  }

  /**
   * Binds all {@code endpoints} and serves them until closed.
   *
   * @param name begins the names of the server's threads
   * @throws IOException if an address cannot be bound; nothing is bound then
   */
  public static HttpServer start(String name, List<Endpoint> endpoints) throws IOException {
    Server server = new Server(threads(name, endpoints.size()));
    Map<Connector, List<Route>> routes = new HashMap<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    try {
      for (Endpoint endpoint : endpoints) {
        ServerConnector connector = connector(server, endpoint.address());
        addresses.add(bound(connector));
        server.addConnector(connector);
        routes.put(connector, endpoint.routes());
      }
      SizeLimitHandler limited = new SizeLimitHandler(MAX_REQUEST_BODY_BYTES, -1);
      limited.setHandler(new RouteHandler(routes));
      server.setHandler(limited);
      server.setErrorHandler(new BareErrors());
      server.setStopAtShutdown(false);
      server.start();
      return new HttpServer(server, addresses);
    } catch (IOException e) {
      close(server);
      throw e;
    } catch (Exception e) {
      close(server);
      throw new IOException("the HTTP server " + name + " does not start: " + e.getMessage(), e);
    }
  }

  /** The bound addresses, in the order of the endpoints. */
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** Ends all connections and frees the addresses; routes that still run are interrupted. */
  @Override
  public void close() {
    close(server);
  }

  private static QueuedThreadPool threads(String name, int endpoints) {
    // Each endpoint keeps one thread for its selector; the rest run routes.
    QueuedThreadPool threads = new QueuedThreadPool(MAX_ROUTE_THREADS + endpoints, endpoints + 1);
    threads.setName(name);
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setIdleTimeout((int) THREAD_IDLE_LIMIT.toMillis());
    threads.setStopTimeout(0);
    return threads;
  }

  private static ServerConnector connector(Server server, InetSocketAddress address)
      throws IOException {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(MAX_REQUEST_HEADER_BYTES);
    // No acceptor thread: the selector accepts.
    ServerConnector connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + address.getHostString() + ", nothing to listen on");
    }
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_LIMIT.toMillis());
    connector.setAcceptQueueSize(1024);
    try {
      connector.open();
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    return connector;
  }

  private static InetSocketAddress bound(ServerConnector connector) throws IOException {
    if (connector.getTransport() instanceof ServerSocketChannel channel) {
      SocketAddress address = channel.getLocalAddress();
      if (address instanceof InetSocketAddress internet) {
        return internet;
      }
    }
    throw new IOException("not bound: " + connector);
  }

  private static void close(Server server) {
    for (Connector connector : server.getConnectors()) {
      ((ServerConnector) connector).close();
    }
    try {
      server.setStopTimeout(0);
      server.stop();
    } catch (Exception e) {
      // Sockets are closed by now; threads are daemons. There is nothing left to be done about it.
      server.destroy();
    }
  }
}
