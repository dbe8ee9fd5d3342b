package io.codeploy.cli.view;

import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeFailure.AuthenticationRejected;
import io.codeploy.multiquery.node.NodeFailure.Disconnected;
import io.codeploy.multiquery.node.NodeFailure.HostKeyRejected;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import io.codeploy.multiquery.node.NodeFailure.Unreachable;

/** The causes of failures that a summary counts. */
enum Cause {
  UNREACHABLE("unreachable"),
  HOST_KEY("host key rejected"),
  AUTHENTICATION("not authenticated"),
  TIMED_OUT("timed out"),
  DISCONNECTED("connection lost"),
  REMOTE("failed remotely");

  private final String text;

  Cause(String text) {
    this.text = text;
  }

  /** In words. */
  String text() {
    return text;
  }

  static Cause of(NodeFailure failure) {
    return switch (failure) {
      case Unreachable u -> UNREACHABLE;
      case HostKeyRejected h -> HOST_KEY;
      case AuthenticationRejected a -> AUTHENTICATION;
      case TimedOut t -> TIMED_OUT;
      case Disconnected d -> DISCONNECTED;
      case RemoteFailure r -> REMOTE;
    };
  }
}
