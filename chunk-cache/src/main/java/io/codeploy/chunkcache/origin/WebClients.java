package io.codeploy.chunkcache.origin;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The HTTP clients of the process for web servers. They share one pool of connections, as those do
 * that are derived from them; ask nobody for a proxy; and have no limit on a whole answer.
 */
public final class WebClients {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Without a byte. */
  private static final Duration STALL_LIMIT = Duration.ofSeconds(10);

  private static final int IDLE_CONNECTIONS = 64;

  /** Shorter than the servers' own limit, so that a connection is rarely closed under a request. */
  private static final int KEEP_ALIVE_SECONDS = 20;

  /** Clear text alone spares an agent the trust store: megabytes and half a second of CPU. */
  private static final OkHttpClient CLEAR_TEXT =
      new OkHttpClient.Builder()
          .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
          .protocols(List.of(Protocol.HTTP_1_1))
          .connectionPool(
              new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
          .proxy(Proxy.NO_PROXY)
          .followSslRedirects(false)
          .connectTimeout(CONNECT_LIMIT)
          .readTimeout(STALL_LIMIT)
          .writeTimeout(STALL_LIMIT)
          .callTimeout(Duration.ZERO)
          .build();

  /** Made when the first https URL is used. */
  private static final class Tls {
    private static final OkHttpClient CLIENT =
        CLEAR_TEXT
            .newBuilder()
            .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
            .followSslRedirects(true)
            .sslSocketFactory(MachineTrust.get().sockets(), MachineTrust.get().manager())
            .build();
  }

  private WebClients() {}

  /** The one for what is at {@code url}. */
  public static OkHttpClient of(HttpUrl url) {
    return url.isHttps() ? tls() : clearText();
  }

  /** Follows redirects to http URLs alone. */
  public static OkHttpClient clearText() {
    return CLEAR_TEXT;
  }

  /** Follows redirects to both kinds of URLs. */
  public static OkHttpClient tls() {
    return Tls.CLIENT;
  }
}
