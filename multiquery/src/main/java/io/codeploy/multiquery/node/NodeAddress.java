package io.codeploy.multiquery.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The first word of a node's line, taken apart: {@code [user@]host[:port]}. */
record NodeAddress(Optional<String> user, String host, OptionalInt port) {
  private static final int MAX_NAME_BYTES = 255;
  private static final int MAX_PORT = 65_535;

  // No blank, slash, bracket, or anything that a shell, a pattern or an expression takes for its
  // own. No leading dash either, which is taken for an option where a name is handed on.
  private static final Pattern USER =
      Pattern.compile("(?!-)[\\p{L}\\p{M}\\p{N}._~+@\\\\-]+(?<!\\\\)");
  private static final Pattern HOST = Pattern.compile("(?!-|\\.{1,2}$)[\\p{L}\\p{M}\\p{N}._~+-]+");
  private static final Pattern IPV6 =
      Pattern.compile("([0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(%[\\p{L}\\p{N}._~-]+)?");
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]+)](?::(\\d{1,5}))?");
  private static final Pattern PLAIN = Pattern.compile("([^:\\[\\]]+)(?::(\\d{1,5}))?");

  static NodeAddress parse(String text) throws NodeListException {
    int at = text.lastIndexOf('@');
    String user = text.substring(0, Math.max(at, 0));
    String hostAndPort = text.substring(at + 1);
    if (at >= 0 && !USER.matcher(user).matches()) {
      throw notANode(text);
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw new NodeListException(
          Quoted.text(text) + " is longer than " + MAX_NAME_BYTES + " bytes");
    }
    Optional<String> login = at < 0 ? Optional.empty() : Optional.of(user);
    if (isIpv6(hostAndPort)) {
      return new NodeAddress(login, hostAndPort, OptionalInt.empty());
    }
    boolean bracketed = hostAndPort.startsWith("[");
    Matcher matcher = (bracketed ? BRACKETED : PLAIN).matcher(hostAndPort);
    if (!matcher.matches() || bracketed != isIpv6(matcher.group(1)) || !isHost(matcher.group(1))) {
      throw notANode(text);
    }
    return new NodeAddress(login, matcher.group(1), port(matcher.group(2), text));
  }

  /** Whether {@code text} can be connected to: a name or an IPv6 address, without brackets. */
  static boolean isHost(String text) {
    return HOST.matcher(text).matches() || isIpv6(text);
  }

  /** Whether {@code text} can be a login. */
  static boolean isUser(String text) {
    return USER.matcher(text).matches();
  }

  static OptionalInt port(@Nullable String digits, String text) throws NodeListException {
    if (digits == null) {
      return OptionalInt.empty();
    }
    int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > MAX_PORT) {
      throw notANode(text);
    }
    return OptionalInt.of(port);
  }

  private static boolean isIpv6(String text) {
    Matcher matcher = IPV6.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    try {
      // Nothing is looked up: what has a colon is an address or refused.
      return InetAddress.getByName(matcher.group(1)) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static NodeListException notANode(String text) {
    return new NodeListException(Quoted.text(text) + " is not a node; write [user@]host[:port]");
  }
}
