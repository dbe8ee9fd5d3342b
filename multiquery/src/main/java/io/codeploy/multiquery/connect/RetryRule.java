package io.codeploy.multiquery.connect;

import io.codeploy.multiquery.node.NodeFailure;
import java.time.Duration;
import java.util.Objects;

/**
 * How persistently a node is connected to.
 *
 * @param attempt limit for one attempt; zero for none of its own
 * @param retries attempts after one that failed in a way that may pass
 */
public record RetryRule(Duration attempt, int retries) {
  /** Nothing asked for. */
  public static final RetryRule NONE = new RetryRule(Duration.ZERO, 0);

  /** A server with too many connections under way lets in those who come again a little later. */
  private static final int RETRIES_WHEN_TURNED_AWAY = 5;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  public RetryRule {
    Objects.requireNonNull(attempt, "attempt is null");
    if (retries < 0) {
      throw new IllegalArgumentException("retries of " + retries);
    }
  }

  /** Whether there is another attempt after {@code made} of them, the last having failed so. */
  boolean again(NodeFailure failure, int made) {
    return made
        <= switch (failure) {
          case NodeFailure.TurnedAway turnedAway -> Math.max(retries, RETRIES_WHEN_TURNED_AWAY);
          case NodeFailure.Unreachable unreachable -> retries;
          case NodeFailure.TimedOut timedOut -> retries;
          case NodeFailure.HostKeyRejected rejected -> 0;
          case NodeFailure.AuthenticationRejected rejected -> 0;
          case NodeFailure.Straggler straggler -> 0;
          case NodeFailure.LeftBehind left -> 0;
          case NodeFailure.Disconnected disconnected -> 0;
          case NodeFailure.RemoteFailure remote -> 0;
        };
  }

  /**
   * Whether work that can be continued is begun again over a new connection, after {@code made}
   * attempts at it, the last having failed so. To get that connection is another matter, and not
   * tried more often here.
   */
  public boolean resumes(NodeFailure failure, int made) {
    return made
        <= switch (failure) {
          case NodeFailure.Disconnected disconnected -> retries;
          case NodeFailure.TimedOut timedOut -> timedOut.phase().equals("progress") ? retries : 0;
          case NodeFailure.TurnedAway turnedAway -> 0;
          case NodeFailure.Unreachable unreachable -> 0;
          case NodeFailure.HostKeyRejected rejected -> 0;
          case NodeFailure.AuthenticationRejected rejected -> 0;
          case NodeFailure.Straggler straggler -> 0;
          case NodeFailure.LeftBehind left -> 0;
          case NodeFailure.RemoteFailure remote -> 0;
        };
  }

  /**
   * The time to let pass after {@code made} attempts: doubled each time, and spread from half to
   * one and a half of it, so that nodes behind the same door do not come back together.
   *
   * @param chance from 0 to 1
   */
  public static Duration pause(int made, double chance) {
    long nanos = FIRST_PAUSE.toNanos() << Math.min(made - 1, 10);
    double spread = 0.5 + chance;
    return Duration.ofNanos(Math.round(Math.min(nanos, LONGEST_PAUSE.toNanos()) * spread));
  }
}
