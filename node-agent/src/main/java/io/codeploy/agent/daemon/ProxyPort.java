package io.codeploy.agent.daemon;

import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.proxy.Proxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;

/** A loopback port on which one proxy after the other answers. */
final class ProxyPort implements AutoCloseable {
  /** Each knows some files; more than so many deployments in the time of a download are few. */
  private static final int MAX_EARLIER = 2;

  private final int asked;
  private final HttpServer server;

  /** Written by the deployments to one directory, of which one runs at a time. */
  private volatile Proxy proxy;

  /** Those before it, of which some clients may still be getting something; the last one last. */
  private final Deque<Proxy> earlier = new ConcurrentLinkedDeque<>();

  /**
   * Listens.
   *
   * @param port 0 for any free one
   * @param touched told of each request
   */
  ProxyPort(int port, Proxy first, Runnable touched) throws IOException {
    this.asked = port;
    this.proxy = first;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.server =
        HttpServer.start(
            "proxy-http", List.of(new Endpoint(address, List.of(e -> answer(e, touched)))));
  }

  /** As it was asked for. */
  int asked() {
    return asked;
  }

  Proxy proxy() {
    return proxy;
  }

  /** All whose requests may be under way. */
  List<Proxy> proxies() {
    return Stream.concat(earlier.stream(), Stream.of(proxy)).toList();
  }

  /**
   * Requests from now on are {@code next}'s; those under way stay.
   *
   * @return to be ended
   */
  List<Proxy> use(Proxy next) {
    earlier.addLast(proxy);
    proxy = next;
    return earlier.size() > MAX_EARLIER ? List.of(earlier.removeFirst()) : List.of();
  }

  @Override
  public void close() {
    proxies().forEach(Proxy::close);
    server.close();
  }

  private boolean answer(Exchange exchange, Runnable touched) throws IOException {
    touched.run();
    return proxy.clients().handle(exchange);
  }
}
