package io.codeploy.cli.origin;

import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;

/** {@code GET /v1/ping}: 200 without a body, by which a node knows that it reaches the origin. */
record PingRoute(BearerToken token) implements Route {
  @Override
  public boolean handle(Exchange exchange) throws IOException {
    if (!exchange.path().equals("/v1/ping")) {
      return false;
    }
    if (!token.admits(exchange)) {
      exchange.setHeader("WWW-Authenticate", "Bearer");
      exchange.respond(401);
    } else if (!exchange.method().equals("GET")) {
      exchange.setHeader("Allow", "GET");
      exchange.respond(405);
    } else {
      exchange.respond(200);
    }
    return true;
  }
}
