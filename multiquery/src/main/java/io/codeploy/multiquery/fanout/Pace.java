package io.codeploy.multiquery.fanout;

import java.time.Duration;
import java.util.Objects;

/**
 * The pace of a run over many items.
 *
 * @param window most of them under way at once, at least 1
 * @param launchDelay least time between two launches; zero for none
 */
public record Pace(int window, Duration launchDelay) {
  public Pace {
    Objects.requireNonNull(launchDelay, "launchDelay is null");
    if (window < 1) {
      throw new IllegalArgumentException("window of " + window);
    }
  }

  /** Without delays. */
  public static Pace window(int window) {
    return new Pace(window, Duration.ZERO);
  }
}
