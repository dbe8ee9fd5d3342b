package io.codeploy.agent.daemon;

import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.ProxySpec;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.proxy.AllowList;
import io.codeploy.chunkcache.proxy.Proxy;
import io.codeploy.chunkcache.proxy.ProxyRoute;
import io.codeploy.chunkcache.proxy.ProxySettings;
import io.codeploy.chunkcache.proxy.RangeCache;
import io.codeploy.chunkcache.store.ChunkStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * The HTTP caching proxies of an agent, at most one for each remote directory. Safe for use by many
 * threads, of which one at a time may be about the same directory.
 */
final class Proxies implements AutoCloseable {
  /** Of all proxies together: each may hold five ranges in memory. */
  private static final int CLIENTS = 16;

  private final ChunkStore store;
  private final LongSupplier nanoClock;
  private final Activity activity;
  private final Semaphore places = new Semaphore(CLIENTS);
  private final ProxyRoute route;
  private final Map<Path, ProxyPort> ports = new ConcurrentHashMap<>();

  /** What was fetched for one deployment is there for the next to the same directory. */
  private final Map<Path, RangeCache> caches = new ConcurrentHashMap<>();

  Proxies(ChunkStore store, LongSupplier nanoClock, Activity activity) {
    this.store = store;
    this.nanoClock = nanoClock;
    this.activity = activity;
    this.route = new ProxyRoute(nanoClock);
  }

  /** For other members. */
  ProxyRoute route() {
    return route;
  }

  /**
   * Opens, replaces or ends the proxy of {@code directory}, as {@code request} says.
   *
   * @throws IOException if it cannot be opened; there is none then
   */
  void set(Path directory, DeployRequest request) throws IOException {
    ProxySpec spec = request.options().proxy();
    Optional<ProxyPort> old = Optional.ofNullable(ports.get(directory));
    if (!spec.on()) {
      end(directory);
      caches.remove(directory);
      return;
    }
    Proxy proxy = proxy(directory, request, spec);
    if (old.filter(port -> port.asked() == spec.port()).isPresent()) {
      replace(old.get(), proxy);
    } else {
      end(directory);
      ports.put(directory, open(spec, proxy));
    }
    route.register(proxy);
  }

  @Override
  public void close() {
    ports.keySet().forEach(this::end);
  }

  private Proxy proxy(Path directory, DeployRequest request, ProxySpec spec) throws IOException {
    RangeCache cache = caches.computeIfAbsent(directory, any -> new RangeCache(store));
    try {
      ProxySettings settings =
          new ProxySettings(
              new BearerToken(request.token()),
              request.self(),
              request.peers(),
              AllowList.parse(spec.allow()));
      return new Proxy(settings, cache, places, nanoClock);
    } catch (IllegalArgumentException e) {
      throw new IOException("--proxy-allow: " + e.getMessage(), e);
    }
  }

  private ProxyPort open(ProxySpec spec, Proxy proxy) throws IOException {
    try {
      return new ProxyPort(spec.port(), proxy, activity::touch);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; choose another --proxy-port", e);
    }
  }

  private void replace(ProxyPort port, Proxy proxy) {
    route.retire(port.proxy());
    for (Proxy old : port.use(proxy)) {
      route.unregister(old);
      old.close();
    }
  }

  private void end(Path directory) {
    Optional.ofNullable(ports.remove(directory))
        .ifPresent(
            port -> {
              port.proxies().forEach(route::unregister);
              port.close();
            });
  }
}
