package io.codeploy.agent.daemon;

import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.proxy.Proxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A loopback port on which one proxy after the other answers. */
final class ProxyPort implements AutoCloseable {
  private final int asked;
  private final HttpServer server;

  /** Written by the deployments to one directory, of which one runs at a time. */
  private volatile Proxy proxy;

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

  /** Requests from now on are {@code next}'s; those under way stay. */
  void use(Proxy next) {
    proxy = next;
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }

  private boolean answer(Exchange exchange, Runnable touched) throws IOException {
    touched.run();
    return proxy.clients().handle(exchange);
  }
}
