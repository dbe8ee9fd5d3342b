package io.codeploy.multiquery.ssh.config;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One hop of {@code ProxyJump}.
 *
 * @param text as written: {@code [user@]host[:port]}, an IPv6 address in brackets, {@code ssh://}
 *     in front is fine
 */
public record Jump(String text, Optional<String> user, String host, OptionalInt port) {
  /** Parses a hop. */
  public static Jump parse(String text) throws NodeFailedException {
    String rest = text.strip();
    if (rest.startsWith("ssh://")) {
      rest = rest.substring("ssh://".length());
    }
    int at = rest.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(rest.substring(0, at));
    rest = rest.substring(at + 1);
    int bracket = rest.lastIndexOf(']');
    int colon = rest.lastIndexOf(':');
    boolean bareIpv6 = bracket < 0 && rest.indexOf(':') != colon;
    OptionalInt port = OptionalInt.empty();
    if (colon > bracket && !bareIpv6) {
      port = port(text, rest.substring(colon + 1));
      rest = rest.substring(0, colon);
    }
    if (rest.startsWith("[") && rest.endsWith("]")) {
      rest = rest.substring(1, rest.length() - 1);
    }
    if (rest.isEmpty() || user.equals(Optional.of(""))) {
      throw malformed(text);
    }
    return new Jump(text, user, rest, port);
  }

  private static OptionalInt port(String text, String digits) throws NodeFailedException {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port <= 65_535) {
        return OptionalInt.of(port);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw malformed(text);
  }

  private static NodeFailedException malformed(String text) {
    return new NodeFailedException(
        new NodeFailure.Unreachable(
            "ProxyJump '" + text + "' is not of the form [user@]host[:port]"));
  }
}
