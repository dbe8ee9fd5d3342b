package io.codeploy.multicopy.transfer;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.query.Timings;
import java.time.Duration;
import java.util.Optional;

/** The time of one node, from its launch, and the limit of all of it. Used by the node's task. */
final class NodeClock {
  /** What the limit of the whole is called in a failure. */
  private static final String WHOLE = "copy";

  private final TimeSource time;
  private final Duration limit;
  private final Duration launched;
  private final long startNanos;
  private Duration waited = Duration.ZERO;
  private Optional<Duration> connected = Optional.empty();

  /**
   * Begins to run.
   *
   * @param limit zero for none
   */
  NodeClock(TimeSource time, Duration limit, long runStartNanos) {
    this.time = time;
    this.limit = limit;
    this.launched = time.since(runStartNanos);
    this.startNanos = time.nanoTime();
  }

  /** Notes that a connection has come about. */
  void connected() {
    connected = connected.or(() -> Optional.of(elapsed()));
  }

  /** Time that is not the node's to answer for. */
  void forgive(Duration duration) {
    waited = waited.plus(duration);
  }

  Duration elapsed() {
    return time.since(startNanos);
  }

  /**
   * What is left for the node; zero where it has no limit.
   *
   * @throws NodeFailedException if nothing is
   */
  Duration left() throws NodeFailedException {
    if (over(Duration.ZERO)) {
      throw new NodeFailedException(whole());
    }
    return limit.isZero() ? limit : limit.minus(counted());
  }

  /** Whether nothing is left after {@code pause}. */
  boolean over(Duration pause) {
    return !limit.isZero() && counted().plus(pause).compareTo(limit) >= 0;
  }

  /** The failure that the limit was reached. */
  NodeFailure whole() {
    return new NodeFailure.TimedOut(WHOLE, limit);
  }

  /** With the limit that the user knows, where only what was left of it is named. */
  NodeFailure named(NodeFailure failure) {
    return failure instanceof NodeFailure.TimedOut timedOut && over(Duration.ZERO)
        ? new NodeFailure.TimedOut(timedOut.phase(), limit)
        : failure;
  }

  private Duration counted() {
    return elapsed().minus(waited);
  }

  Timings timings() {
    return new Timings(launched, connected, elapsed());
  }
}
