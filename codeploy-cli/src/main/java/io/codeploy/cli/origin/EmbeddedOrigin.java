package io.codeploy.cli.origin;

import io.codeploy.agent.control.OriginSpec.ChunkServer;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.ChunkRoute;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.chunkcache.http.Route;
import io.codeploy.chunkcache.http.Throttle;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.store.ChunkSource;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A server of chunks on the operator's machine, for as long as a deployment runs. Answers {@code
 * /c/<digest>} and {@code GET /v1/ping}, and both only to whoever shows the token.
 */
public final class EmbeddedOrigin implements AutoCloseable {
  /** As many nodes as are owners of a chunk; more would only share the same uplink. */
  public static final int MOST_FORWARDS = 3;

  private static final Duration FORWARD_LIMIT = Duration.ofSeconds(10);

  /** Bounds memory too: a chunk that travels as it is lies in the heap while it is sent. */
  private static final int UPLOAD_SLOTS = 8;

  /**
   * Chunks that come one after the other can be passed on earlier than those that come all at once;
   * and an owner that is refused stays away for a second, in which a link must not idle. Together
   * with the slots fewer than the server has threads.
   */
  private static final int PLACES = 16;

  /** Shorter than the lease of an owner that does not get on, and than a client's limit. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

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
    return start(addresses, port, source, token, Throttle.NONE);
  }

  /** The same, as fast as {@code throttle} lets all that is sent. */
  public static EmbeddedOrigin start(
      List<InetAddress> addresses,
      int port,
      ChunkSource source,
      BearerToken token,
      Throttle throttle)
      throws IOException {
    ChunkRoute chunks =
        new ChunkRoute(source, token, new UploadSlots(UPLOAD_SLOTS, PLACES, PATIENCE), throttle);
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

  /**
   * A way to it through SSH for a node that reaches none of its addresses, on that node's loopback.
   *
   * @param address one of those that it listens on
   */
  public ChunkServer forward(Connection connection, InetAddress address)
      throws NodeFailedException, InterruptedException {
    int port = URI.create(url(address)).getPort();
    InetSocketAddress target = new InetSocketAddress(address, port);
    return new ChunkServer("http://127.0.0.1:" + connection.forwardFromNode(target, FORWARD_LIMIT));
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
