package io.codeploy.multiquery.node;

import java.time.Duration;

/**
 * Why a node failed. Each case carries data; {@link #message()} is the one line for people, without
 * the node's name: what, which, and what to do.
 */
public sealed interface NodeFailure {
  /** One line for people. */
  String message();

  /** Unknown host, refused or unreachable port, or a connection lost before authentication. */
  record Unreachable(String message) implements NodeFailure {}

  /**
   * The server hung up before its greeting, as one does that has too many connections under way: a
   * later attempt may be let in.
   */
  record TurnedAway(String message) implements NodeFailure {}

  /** The host key is unknown under a strict policy, changed, or revoked. */
  record HostKeyRejected(String message) implements NodeFailure {}

  /** No key was accepted. */
  record AuthenticationRejected(String message) implements NodeFailure {}

  /**
   * A limit was reached. {@code phase}: "connect", "authenticate", "command", "progress", or "run"
   * for the limit of the whole run.
   */
  record TimedOut(String phase, Duration limit) implements NodeFailure {
    @Override
    public String message() {
      return "timed out after " + limit.toMillis() / 1000.0 + " s (" + phase + ")";
    }
  }

  /** Not waited for any longer, {@code after} the run began, since enough others had answered. */
  record Straggler(Duration after) implements NodeFailure {
    @Override
    public String message() {
      return "cut as a straggler after " + after.toMillis() / 1000.0 + " s";
    }
  }

  /**
   * Not waited for any longer, and not ended either.
   *
   * @param after the run began
   * @param rest what may come of it, in a few words
   */
  record LeftBehind(Duration after, String rest) implements NodeFailure {
    @Override
    public String message() {
      return "left as a straggler after " + after.toMillis() / 1000.0 + " s; " + rest;
    }
  }

  /** The connection was lost after authentication. */
  record Disconnected(String message) implements NodeFailure {}

  /** The node was reached, and what was asked of it failed there. */
  record RemoteFailure(String message) implements NodeFailure {}
}
