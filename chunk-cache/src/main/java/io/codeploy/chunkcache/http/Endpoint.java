package io.codeploy.chunkcache.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * An address to listen on and what answers there.
 *
 * @param address with port 0 for any free one
 * @param routes asked in order; 404 when none answers
 */
public record Endpoint(InetSocketAddress address, List<Route> routes) {
  public Endpoint {
    Objects.requireNonNull(address, "address is null");
    routes = List.copyOf(routes);
  }
}
