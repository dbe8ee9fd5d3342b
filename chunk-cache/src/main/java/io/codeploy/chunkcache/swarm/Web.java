package io.codeploy.chunkcache.swarm;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/** The HTTP client for origins, one for the process, and what its users do with answers. */
final class Web {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Without a byte; there is no limit on the whole. */
  private static final Duration STALL_LIMIT = Duration.ofSeconds(10);

  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
  private static final int IDLE_CONNECTIONS = 64;

  /** Too many requests, service unavailable. */
  private static final Set<Integer> BUSY = Set.of(429, 503);

  private static final String BUSY_REMEDY = "; let it serve more at once, or try again later";
  private static final String FAILED_REMEDY = "; see to the web server and run codeploy again";

  /** Request timeout, too early. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 425);

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
            .build();
  }

  private Web() {}

  static OkHttpClient client(HttpUrl url) {
    return url.isHttps() ? Tls.CLIENT : CLEAR_TEXT;
  }

  /**
   * What {@code Retry-After} says, if it is there, in whole seconds, within reason; one second if
   * nothing.
   */
  static Duration retryAfter(Optional<String> header) {
    String seconds = header.orElse("1");
    if (!seconds.matches("\\d{1,6}")) {
      return Duration.ofSeconds(1);
    }
    Duration told = Duration.ofSeconds(Long.parseLong(seconds));
    return told.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : told;
  }

  /**
   * What {@code response}, which is not the one hoped for, means: come back, no, or not this time.
   *
   * @param url of the origin
   * @param detail what it was asked for, where the URL does not tell
   * @param remedy what to do if it means no
   */
  static IOException originTrouble(String url, Response response, String detail, String remedy) {
    String line = "origin " + url + ": status " + response.code() + detail;
    if (BUSY.contains(response.code())) {
      return new OriginBusyException(
          line + BUSY_REMEDY, retryAfter(Optional.ofNullable(response.header("Retry-After"))));
    }
    return refusal(response.code())
        ? new OriginRefusedException(line + remedy)
        : new OriginFailedException(line + FAILED_REMEDY);
  }

  /** Whether a web server that answers {@code status} will do so the next time, too. */
  private static boolean refusal(int status) {
    return status >= 400 && status < 500 && !TRANSIENT.contains(status);
  }

  /** The message of {@code failure}, or its kind where it has none. */
  static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
