package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.NodeFailure;

/** The causes of failures that a summary counts, the most frequent ones of a large fleet first. */
public enum Cause {
  UNREACHABLE("unreachable"),
  HOST_KEY("host key rejected"),
  AUTHENTICATION("not authenticated"),
  TIMED_OUT("timed out"),
  STRAGGLER("cut as stragglers"),
  LEFT("left to finish"),
  DISCONNECTED("connection lost"),
  REMOTE("failed remotely");

  private final String text;

  Cause(String text) {
    this.text = text;
  }

  /** In words. */
  public String text() {
    return text;
  }

  /** The cause of {@code failure}. */
  public static Cause of(NodeFailure failure) {
    return switch (failure) {
      case NodeFailure.Unreachable unreachable -> UNREACHABLE;
      case NodeFailure.TurnedAway turnedAway -> UNREACHABLE;
      case NodeFailure.HostKeyRejected rejected -> HOST_KEY;
      case NodeFailure.AuthenticationRejected rejected -> AUTHENTICATION;
      case NodeFailure.TimedOut timedOut -> TIMED_OUT;
      case NodeFailure.Straggler straggler -> STRAGGLER;
      case NodeFailure.LeftBehind left -> LEFT;
      case NodeFailure.Disconnected disconnected -> DISCONNECTED;
      case NodeFailure.RemoteFailure remote -> REMOTE;
    };
  }
}
