package io.codeploy.multiquery.query;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import java.time.Duration;

/** The limits of one node, counted from its launch. Used by the node's task. */
final class RunningLimits {
  /** For connecting where the node has no limit. */
  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(2);

  private final Limits limits;
  private final TimeSource time;
  private final long startNanos;
  private Duration waited = Duration.ZERO;

  RunningLimits(Limits limits, TimeSource time) {
    this.limits = limits;
    this.time = time;
    this.startNanos = time.nanoTime();
  }

  /** Time that is not the node's to answer for. */
  void forgive(Duration duration) {
    waited = waited.plus(duration);
  }

  /** For connecting. */
  Duration connect() {
    return limits.whole().isZero() ? CONNECT_LIMIT : limits.whole();
  }

  /**
   * For the command, which begins now; zero for none.
   *
   * @throws NodeFailedException if nothing is left for it
   */
  Duration command() throws NodeFailedException {
    if (limits.whole().isZero()) {
      return limits.command();
    }
    if (passed()) {
      throw new NodeFailedException(new NodeFailure.TimedOut("command", limits.whole()));
    }
    Duration left = limits.whole().minus(counted());
    boolean own = !limits.command().isZero() && limits.command().compareTo(left) < 0;
    return own ? limits.command() : left;
  }

  /** With the limit that the user knows, where only what was left of it is named. */
  NodeFailure named(NodeFailure failure) {
    return failure instanceof NodeFailure.TimedOut timedOut && !limits.whole().isZero() && passed()
        ? new NodeFailure.TimedOut(timedOut.phase(), limits.whole())
        : failure;
  }

  private boolean passed() {
    return counted().compareTo(limits.whole()) >= 0;
  }

  private Duration counted() {
    return time.since(startNanos).minus(waited);
  }

  /** Since the launch, all in all. */
  Duration elapsed() {
    return time.since(startNanos);
  }
}
