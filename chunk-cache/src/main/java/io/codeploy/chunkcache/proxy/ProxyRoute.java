package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * {@code /p/} of all proxies of a node: a request is answered by the one whose token it shows, any
 * other with 401.
 */
public final class ProxyRoute implements Route {
  private static final String PREFIX = "/p/";

  private final List<Proxy> proxies = new CopyOnWriteArrayList<>();

  /** From now on {@code proxy} answers those who show its token. */
  public void register(Proxy proxy) {
    proxies.add(proxy);
  }

  /** From now on {@code proxy} answers no new request. */
  public void unregister(Proxy proxy) {
    proxies.remove(proxy);
  }

  @Override
  public boolean handle(Exchange exchange) throws IOException {
    if (!exchange.path().startsWith(PREFIX)) {
      return false;
    }
    // Every token is compared, so that the time taken does not tell which one came close.
    List<Proxy> admitting = proxies.stream().filter(proxy -> proxy.admits(exchange)).toList();
    if (admitting.isEmpty()) {
      exchange.setHeader("WWW-Authenticate", "Bearer");
      exchange.respond(401);
    } else {
      admitting.getFirst().answerMember(exchange);
    }
    return true;
  }
}
