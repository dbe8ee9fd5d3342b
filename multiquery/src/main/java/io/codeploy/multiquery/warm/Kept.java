package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.connect.Connection;
import java.time.Duration;

/**
 * A connection at rest.
 *
 * @param keep for how long
 * @param sinceNanos when it was laid aside
 */
record Kept(Destination destination, Connection connection, Duration keep, long sinceNanos) {
  /** Shorter than any keep-alive; after it a peer may have gone that nobody has asked since. */
  private static final Duration CERTAIN = Duration.ofSeconds(5);

  /** Whether the peer is to be asked for a sign of life before it is used. */
  boolean wantsCheck(long nowNanos) {
    return Duration.ofNanos(nowNanos - sinceNanos).compareTo(CERTAIN) > 0;
  }

  /** What is left of its time. */
  Duration left(long nowNanos) {
    return keep.minusNanos(nowNanos - sinceNanos);
  }
}
