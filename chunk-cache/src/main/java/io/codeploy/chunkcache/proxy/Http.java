package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.origin.WebClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The HTTP clients of a node's proxies for origins. None follows a redirect. */
final class Http {
  /** Without a byte: some origins have to think. */
  private static final Duration STALL_LIMIT = Duration.ofSeconds(15);

  private static final PublicNames PUBLIC_NAMES = new PublicNames();
  private static final OkHttpClient CLEAR_TEXT = still(WebClients.clearText());
  private static final OkHttpClient PUBLIC_CLEAR_TEXT = publicly(CLEAR_TEXT);

  /** Made when the first https URL is used: a trust store takes megabytes. */
  private static final class Tls {
    private static final OkHttpClient ANY = still(WebClients.tls());
    private static final OkHttpClient PUBLIC = publicly(ANY);
  }

  private Http() {}

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

  private static OkHttpClient still(OkHttpClient client) {
    return client
        .newBuilder()
        .followRedirects(false)
        .followSslRedirects(false)
        .readTimeout(STALL_LIMIT)
        .writeTimeout(STALL_LIMIT)
        .build();
  }

  private static OkHttpClient publicly(OkHttpClient client) {
    return client.newBuilder().dns(PUBLIC_NAMES).build();
  }
}
