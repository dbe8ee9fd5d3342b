package io.codeploy.cli.deploy;

import java.time.Duration;
import java.util.Objects;

/**
 * How nodes are gone about.
 *
 * @param window most nodes that are connected to and given an agent at once
 * @param launchDelay least time between two connections
 * @param connect limit for connecting and authenticating
 */
public record Pace(int window, Duration launchDelay, Duration connect) {
  public Pace {
    Objects.requireNonNull(launchDelay, "launchDelay is null");
    Objects.requireNonNull(connect, "connect is null");
    if (window < 1) {
      throw new IllegalArgumentException("window of " + window);
    }
  }
}
