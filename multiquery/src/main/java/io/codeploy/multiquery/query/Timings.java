package io.codeploy.multiquery.query;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When what happened to a node.
 *
 * @param launched since the run began
 * @param connected since the launch, if a connection came about
 * @param ended since the launch
 */
public record Timings(Duration launched, Optional<Duration> connected, Duration ended) {
  public Timings {
    Objects.requireNonNull(launched, "launched is null");
    Objects.requireNonNull(connected, "connected is null");
    Objects.requireNonNull(ended, "ended is null");
  }
}
