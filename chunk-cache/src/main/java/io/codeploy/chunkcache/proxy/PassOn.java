package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Passes a request on to its origin, and what comes back to the client. Keeps nothing. */
final class PassOn {
  private static final List<String> THERE =
      List.of(
          "Accept",
          "Accept-Language",
          "Authorization",
          "Cookie",
          "If-Match",
          "If-Modified-Since",
          "If-None-Match",
          "If-Range",
          "If-Unmodified-Since",
          "Range",
          "User-Agent");
  private static final List<String> BACK =
      List.of(
          "Accept-Ranges",
          "Age",
          "Cache-Control",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Language",
          "Content-Range",
          "Content-Type",
          "Date",
          "ETag",
          "Expires",
          "Last-Modified",
          "Retry-After",
          "Set-Cookie",
          "Vary",
          "WWW-Authenticate");

  /** With these the answer is for this client alone, or for the origin to decide. */
  private static final List<String> UNCACHED =
      List.of("Authorization", "Cookie", "If-Match", "If-Unmodified-Since");

  private static final int PIECE_BYTES = 64 << 10;

  private final Door door;

  PassOn(Door door) {
    this.door = door;
  }

  /** Whether the answer is for this client alone, or in a form that nobody keeps. */
  static boolean needed(Exchange exchange) {
    return UNCACHED.stream().anyMatch(name -> exchange.header(name).isPresent())
        || exchange.header("Range").filter(range -> range.contains(",")).isPresent();
  }

  /** Does it to the end; a body that breaks off there breaks off here. */
  void send(Exchange exchange, OriginUrl url, Asked asked) throws IOException {
    Response response;
    try {
      response = Http.to(url).newCall(request(exchange, url, asked)).execute();
    } catch (IOException e) {
      Lines.send(exchange, 502, "origin " + url + ": " + e);
      return;
    }
    try (response) {
      answer(exchange, response, asked);
    }
  }

  private static Request request(Exchange exchange, OriginUrl url, Asked asked) {
    Request.Builder request = new Request.Builder().url(url.text());
    request.method(exchange.method(), null);
    for (String name : THERE) {
      if (passes(name, asked)) {
        exchange.header(name).filter(PassOn::isText).ifPresent(v -> request.header(name, v));
      }
    }
    return request.header("Accept-Encoding", "identity").header("Via", OriginClient.VIA).build();
  }

  /** In a path of this server all origins are one host, which would get each other's cookies. */
  private static boolean passes(String name, Asked asked) {
    return !(asked.asPath() && (name.equals("Cookie") || name.equals("Set-Cookie")));
  }

  private static boolean isText(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
  }

  private void answer(Exchange exchange, Response response, Asked asked) throws IOException {
    Function<String, Optional<String>> headers = Http.headers(response);
    BACK.stream()
        .filter(name -> passes(name, asked))
        .forEach(name -> headers.apply(name).ifPresent(v -> exchange.setHeader(name, v)));
    HttpUrl here = response.request().url();
    Optional.ofNullable(here.resolve(headers.apply("Location").orElse("#")))
        .filter(there -> headers.apply("Location").isPresent())
        .ifPresent(
            there -> {
              boolean again = asked.asPath() && (sameOrigin(here, there) || !hasSecrets(exchange));
              exchange.setHeader("Location", again ? throughHere(there) : there.toString());
            });
    Optional<String> length = headers.apply("Content-Length").filter(n -> n.matches("\\d{1,18}"));
    length.ifPresent(bytes -> exchange.setHeader("Content-Length", bytes));
    boolean empty = response.code() == 204 || response.code() == 304;
    boolean bare = empty || exchange.method().equals("HEAD");
    if (bare && !empty && length.isEmpty()) {
      // Else the server says that there are none.
      exchange.setHeader("Transfer-Encoding", "chunked");
    }
    // Not try-with-resources: closing after a failure would end the body as if it were complete.
    OutputStream out = exchange.stream(response.code());
    if (!bare) {
      copy(response.body().byteStream(), out);
    }
    out.close();
  }

  private static boolean sameOrigin(HttpUrl here, HttpUrl there) {
    return here.scheme().equals(there.scheme())
        && here.host().equals(there.host())
        && here.port() == there.port();
  }

  /** Which a client takes along to where it believes the same host to be. */
  private static boolean hasSecrets(Exchange exchange) {
    return exchange.header("Authorization").isPresent() || exchange.header("Cookie").isPresent();
  }

  /** As a path of this server, where that is allowed. */
  private String throughHere(HttpUrl there) {
    String host = there.host().contains(":") ? "[" + there.host() + "]" : there.host();
    String rest = there.encodedPath() + query(there);
    boolean again =
        door.judge("/" + host + ":" + there.port() + rest) instanceof Door.Verdict.Admitted admitted
            && admitted.url().scheme().equals(there.scheme());
    return again ? "/" + host + ":" + there.port() + rest : there.toString();
  }

  private static String query(HttpUrl url) {
    return Optional.ofNullable(url.encodedQuery()).map(query -> "?" + query).orElse("");
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      out.write(piece, 0, n);
    }
  }
}
