package io.codeploy.agent.control;

import java.util.Objects;

/**
 * The HTTP caching proxy of a deployment.
 *
 * @param allow origins that it may ask, between commas; empty for no proxy
 * @param port on the loopback address of each node
 */
public record ProxySpec(String allow, int port) {
  /** No proxy. */
  public static final ProxySpec OFF = new ProxySpec("", 0);

  public ProxySpec {
    Objects.requireNonNull(allow, "allow is null");
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /** Whether there is to be one. */
  public boolean on() {
    return !allow.isEmpty();
  }
}
