package io.codeploy.multiquery.ssh.call;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import java.time.Duration;

/**
 * A limit that has begun to run.
 *
 * @param limit zero for none
 */
public record Deadline(TimeSource time, long startNanos, Duration limit) {
  private static final long NEVER_MILLIS = Duration.ofDays(3650).toMillis();

  public static Deadline after(TimeSource time, Duration limit) {
    return new Deadline(time, time.nanoTime(), limit);
  }

  /** Milliseconds left, at least 0; ten years where there is no limit. */
  public long remainingMillis() {
    if (limit.isZero()) {
      return NEVER_MILLIS;
    }
    // Rounded up, so that the last fraction is waited for instead of spun through.
    return Math.max(0, limit.minus(time.since(startNanos)).plusNanos(999_999).toMillis());
  }

  public boolean passed() {
    return remainingMillis() == 0;
  }

  /** The earlier of this and {@code other} from now. */
  public Deadline cappedBy(Duration other) {
    return remainingMillis() <= other.toMillis() ? this : after(time, other);
  }

  public NodeFailedException timedOut(String phase) {
    return new NodeFailedException(new NodeFailure.TimedOut(phase, limit));
  }
}
