package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.jspecify.annotations.Nullable;

/** The one table from what MINA and the JDK throw to what befell the node. */
final class MinaFailures {
  private MinaFailures() {}

  /** Where the connection stood when something was thrown. */
  enum Stage {
    /** Before the host key was believed. */
    CONNECTING,
    /** Before the login was accepted. */
    AUTHENTICATING,
    /** Afterwards. */
    OPEN
  }

  /** Rethrows an interruption in disguise: MINA wraps it, and clears the flag. */
  static void rethrowInterruption(@Nullable Throwable thrown) throws InterruptedException {
    if (Causes.isInterruption(thrown)) {
      InterruptedException interruption = new InterruptedException();
      interruption.initCause(thrown);
      throw interruption;
    }
  }

  /** Whether it is about the proof of the host's key, of which a certificate is a part. */
  static boolean inKeyExchange(NodeFailedException failed) {
    for (Throwable t = failed.getCause(); t != null; t = t.getCause()) {
      if (t instanceof SshException e
          && e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED) {
        return true;
      }
    }
    return false;
  }

  /** Whether a server refused a channel for want of room, which it may have later. */
  static boolean lacksRoom(NodeFailedException failed) {
    for (Throwable t = failed.getCause(); t != null; t = t.getCause()) {
      if (t instanceof SshChannelOpenException e
          && e.getReasonCode() == SshConstants.SSH_OPEN_RESOURCE_SHORTAGE) {
        return true;
      }
    }
    return false;
  }

  /** What befell the node, when {@code thrown} came out of a call that concerns {@code target}. */
  static NodeFailedException of(Throwable thrown, Stage stage, Object target) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof NodeFailedException known) {
        return known;
      }
    }
    return new NodeFailedException(classify(thrown, stage, target.toString()), thrown);
  }

  private static NodeFailure classify(Throwable thrown, Stage stage, String target) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      Optional<NodeFailure> known = known(t, target);
      if (known.isPresent()) {
        return known.get();
      }
    }
    String text = Causes.text(thrown);
    return switch (stage) {
      case CONNECTING -> connecting(text, target);
      case AUTHENTICATING ->
          closed(text)
              ? new NodeFailure.AuthenticationRejected(
                  target + ": the server hung up while keys were tried: " + text)
              : new NodeFailure.AuthenticationRejected(target + ": " + text);
      case OPEN -> new NodeFailure.Disconnected(target + ": connection lost: " + text);
    };
  }

  private static NodeFailure connecting(String text, String target) {
    if (text.contains("Too many open files")) {
      // A ProxyCommand takes more than others; as connections end there is room again.
      return new NodeFailure.TurnedAway(
          target + ": no more files may be open here (ulimit -n); try a smaller --maxload");
    }
    return closed(text) ? turnedAway(target) : new NodeFailure.Unreachable(target + ": " + text);
  }

  private static Optional<NodeFailure> known(Throwable t, String target) {
    return switch (t) {
      case UnknownHostException e ->
          Optional.of(
              new NodeFailure.Unreachable(
                  "unknown host in " + target + "; check its spelling and DNS"));
      case UnresolvedAddressException e ->
          Optional.of(new NodeFailure.Unreachable("unknown host in " + target));
      case NoRouteToHostException e ->
          Optional.of(new NodeFailure.Unreachable(target + ": no route to host"));
      // A reset can be quicker than the end of connecting.
      case ConnectException e ->
          Optional.of(
              closed(Causes.text(e))
                  ? turnedAway(target)
                  : new NodeFailure.Unreachable(target + ": " + refusal(Causes.text(e))));
      case SshChannelOpenException e -> Optional.of(channel(e));
      case SshException e -> disconnect(e, target);
      default -> Optional.empty();
    };
  }

  private static Optional<NodeFailure> disconnect(SshException e, String target) {
    return switch (e.getDisconnectCode()) {
      case SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS ->
          Optional.of(new NodeFailure.TurnedAway(target + ": too many connections"));
      case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE ->
          Optional.of(
              new NodeFailure.AuthenticationRejected(
                  target
                      + ": permission denied; is your key in its authorized_keys, the login right?"));
      default -> Optional.empty();
    };
  }

  private static NodeFailure turnedAway(String target) {
    return new NodeFailure.TurnedAway(
        target
            + ": the server closed the connection before its greeting was complete"
            + " (too many at once, a penalty for failed logins, or not an SSH port?)");
  }

  private static String refusal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("refused")) {
      return "connection refused; is sshd running, is the port right?";
    }
    return lower.contains("unreachable") ? "network is unreachable" : text;
  }

  private static NodeFailure channel(SshChannelOpenException e) {
    return new NodeFailure.RemoteFailure(
        switch (e.getReasonCode()) {
          case SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED ->
              "administratively prohibited by the server: " + Causes.text(e);
          case SshConstants.SSH_OPEN_CONNECT_FAILED ->
              "the server could not connect: " + Causes.text(e);
          case SshConstants.SSH_OPEN_RESOURCE_SHORTAGE ->
              "the server has no room for another channel (MaxSessions?): " + Causes.text(e);
          default -> "the server refused a channel: " + Causes.text(e);
        });
  }

  private static boolean closed(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("being closed")
        || lower.contains("connection reset")
        || lower.contains("broken pipe")
        // MINA's word for a connection that was closed before it made a session of it.
        || lower.contains("no session attached")
        || lower.contains("session closed")
        || lower.contains("session is closed")
        || lower.contains("session has been closed");
  }
}
