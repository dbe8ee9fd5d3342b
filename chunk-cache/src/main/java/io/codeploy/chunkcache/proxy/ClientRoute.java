package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/** Answers whoever asks on a node's loopback address. */
final class ClientRoute implements Route {
  private final Door door;
  private final FileAnswer files;
  private final PassOn passOn;
  private final Semaphore places;

  /** {@code places} are one for each client that is served. */
  ClientRoute(Door door, FileAnswer files, PassOn passOn, Semaphore places) {
    this.door = door;
    this.files = files;
    this.passOn = passOn;
    this.places = places;
  }

  @Override
  public boolean handle(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
      exchange.setHeader("Allow", "GET, HEAD");
      // Who asked for a tunnel is not to write into it.
      exchange.setHeader("Connection", "close");
      Lines.send(exchange, 405, "GET and HEAD only");
      return true;
    }
    if (exchange.header("Via").filter(via -> via.contains(OriginClient.VIA)).isPresent()) {
      Lines.send(exchange, 508, "a proxy asks itself");
      return true;
    }
    Asked asked = Asked.of(exchange.uri());
    switch (door.judge(asked.target())) {
      case Door.Verdict.Malformed malformed ->
          Lines.send(exchange, 400, "ask for /HOST[:PORT]/PATH, in the alphabet of URLs");
      case Door.Verdict.Forbidden forbidden ->
          Lines.send(exchange, 403, forbidden.host() + " is not on the list of --proxy-allow");
      case Door.Verdict.Admitted admitted -> admit(exchange, admitted.url(), asked);
    }
    return true;
  }

  private void admit(Exchange exchange, OriginUrl url, Asked asked) throws IOException {
    if (!places.tryAcquire()) {
      exchange.setHeader("Retry-After", "1");
      Lines.send(exchange, 503, "enough clients are served already; try again");
      return;
    }
    try {
      if (PassOn.needed(exchange) || !files.send(exchange, url)) {
        passOn.send(exchange, url, asked);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the proxy ends");
    } finally {
      places.release();
    }
  }
}
