package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * {@code /p/} of all proxies of a node: a request is answered by the one whose token it shows, any
 * other with 401.
 */
public final class ProxyRoute implements Route {
  private static final String PREFIX = "/p/";

  /** For downloads that have begun; what is left of them comes from the origin itself. */
  private static final Duration AFTERWARDS = Duration.ofHours(1);

  private final List<Proxy> proxies = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<Proxy, Long> endNanos = new ConcurrentHashMap<>();
  private final LongSupplier nanoClock;

  /** {@code nanoClock} is monotonic nanoseconds. */
  public ProxyRoute(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** From now on {@code proxy} answers those who show its token. */
  public void register(Proxy proxy) {
    proxies.add(proxy);
  }

  /** Another one takes the place of {@code proxy}, which answers for an hour yet. */
  public void retire(Proxy proxy) {
    endNanos.put(proxy, nanoClock.getAsLong() + AFTERWARDS.toNanos());
  }

  /** From now on {@code proxy} answers no new request. */
  public void unregister(Proxy proxy) {
    proxies.remove(proxy);
    endNanos.remove(proxy);
  }

  @Override
  public boolean handle(Exchange exchange) throws IOException {
    if (!exchange.path().startsWith(PREFIX)) {
      return false;
    }
    // Every token is compared, so that the time taken does not tell which one came close.
    List<Proxy> admitting =
        proxies.stream().filter(proxy -> proxy.admits(exchange) && !isOver(proxy)).toList();
    if (admitting.isEmpty()) {
      exchange.setHeader("WWW-Authenticate", "Bearer");
      exchange.respond(401);
    } else {
      admitting.getFirst().answerMember(exchange);
    }
    return true;
  }

  private boolean isOver(Proxy proxy) {
    return Optional.ofNullable(endNanos.get(proxy))
        .filter(end -> nanoClock.getAsLong() - end >= 0)
        .isPresent();
  }
}
