package io.codeploy.cli.origin;

import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.ChunkRoute;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.store.ChunkSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A server of chunks on the operator's machine, for as long as a deployment runs. Answers {@code
 * /c/<digest>} and {@code GET /v1/ping}, and both only to whoever shows the token.
 */
public final class EmbeddedOrigin implements AutoCloseable {
  /** Bounds memory too: a chunk that travels as it is lies in the heap while it is sent. */
  private static final int UPLOAD_SLOTS = 12;

  private final HttpServer server;
  private final ChunkRoute chunks;

  private EmbeddedOrigin(HttpServer server, ChunkRoute chunks) {
    this.server = server;
    this.chunks = chunks;
  }

  /**
   * Serves {@code source} on all of {@code addresses} until closed.
   *
   * @param port the same on each address, or 0 for any free one on each
   * @throws IOException if one of them cannot be bound; none is then
   */
  public static EmbeddedOrigin start(
      List<InetAddress> addresses, int port, ChunkSource source, BearerToken token)
      throws IOException {
    ChunkRoute chunks = new ChunkRoute(source, token, new UploadSlots(UPLOAD_SLOTS));
    List<Route> routes = List.of(chunks, new PingRoute(token));
    List<Endpoint> endpoints =
        addresses.stream()
            .distinct()
            .map(address -> new Endpoint(new InetSocketAddress(address, port), routes))
            .toList();
    return new EmbeddedOrigin(HttpServer.start("codeploy-origin", endpoints), chunks);
  }

  /** The URL at one of the addresses that it was started on, without a trailing slash. */
  public String url(InetAddress address) {
    return server.addresses().stream()
        .filter(bound -> bound.getAddress().equals(address))
        .findFirst()
        .map(bound -> "http://" + host(address) + ":" + bound.getPort())
        .orElseThrow(() -> new IllegalArgumentException("the origin is not on " + address));
  }

  /** Bytes of chunks sent so far. */
  public long bytesSent() {
    return chunks.bytesSent();
  }

  @Override
  public void close() {
    server.close();
  }

  private static String host(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }
}
