package io.codeploy.chunkcache.proxy;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/** The HTTP clients of a node's proxies. None follows a redirect or asks anybody for a proxy. */
final class Http {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Without a byte. More than a member lets an asker wait. */
  private static final Duration STALL_LIMIT = Duration.ofSeconds(15);

  private static final int IDLE_CONNECTIONS = 32;
  private static final int KEEP_ALIVE_SECONDS = 20;

  private static final OkHttpClient CLEAR_TEXT =
      new OkHttpClient.Builder()
          .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
          .protocols(List.of(Protocol.HTTP_1_1))
          .connectionPool(
              new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
          .proxy(Proxy.NO_PROXY)
          .followRedirects(false)
          .followSslRedirects(false)
          .connectTimeout(CONNECT_LIMIT)
          .readTimeout(STALL_LIMIT)
          .writeTimeout(STALL_LIMIT)
          .callTimeout(Duration.ZERO)
          .build();

  private static final OkHttpClient PUBLIC_CLEAR_TEXT =
      CLEAR_TEXT.newBuilder().dns(new PublicNames()).build();

  /** Made when the first https URL is used: a trust store takes megabytes. */
  private static final class Tls {
    private static final List<ConnectionSpec> SPECS = List.of(ConnectionSpec.MODERN_TLS);
    private static final OkHttpClient ANY = CLEAR_TEXT.newBuilder().connectionSpecs(SPECS).build();
    private static final OkHttpClient PUBLIC =
        PUBLIC_CLEAR_TEXT.newBuilder().connectionSpecs(SPECS).build();
  }

  private Http() {}

  static OkHttpClient toMembers() {
    return CLEAR_TEXT;
  }

  static OkHttpClient to(OriginUrl url) {
    if (url.scheme().equals("https")) {
      return url.named() ? Tls.ANY : Tls.PUBLIC;
    }
    return url.named() ? CLEAR_TEXT : PUBLIC_CLEAR_TEXT;
  }

  /** A response's headers; one that comes several times is one list. */
  static Function<String, Optional<String>> headers(Response response) {
    return name -> {
      List<String> values = response.headers(name);
      return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    };
  }
}
