package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.node.NodeFailure;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one table from what OpenSSH's client says before it gives up to what befell the node. */
final class SshFailures {
  private static final Pattern UNKNOWN_KEY =
      Pattern.compile("No (?:\\S+ )?host key is known for (\\S+)");
  private static final Pattern CHANGED_KEY =
      Pattern.compile("REMOTE HOST IDENTIFICATION HAS CHANGED|[Hh]ost key for \\S+ has changed");
  private static final Pattern REVOKED_KEY =
      Pattern.compile("REVOKED HOST KEY DETECTED|marked as revoked|is revoked by");
  private static final Pattern KEY_FAILED = Pattern.compile("Host key verification failed");
  private static final Pattern DENIED =
      Pattern.compile(
          "Permission denied \\(|Too many authentication failures|No more authentication methods"
              + "|Authentication failed");
  private static final Pattern TURNED_AWAY =
      Pattern.compile("(?:kex|ssh|banner)_exchange_identification: |Exceeded MaxStartups");

  /** A jump host has no room now, which it may have later. */
  private static final Pattern LACKS_ROOM = Pattern.compile("\\d: open failed: resource shortage");

  /**
   * What carries the connection says it before ssh sees a server that hangs up. Of a ProxyCommand
   * such as {@code ssh -W %h:%p gate1 || ssh -W %h:%p gate2} that got through at last, the words of
   * the first gate stay: a node that hangs up on it is then taken for one that is not reached.
   */
  private static final Pattern CARRIER_FAILED =
      Pattern.compile(
          "ssh: (?:connect to host|Could not resolve hostname) "
              + "|\\d: open failed: (?!resource shortage)");

  private static final Pattern SLOW = Pattern.compile("(?:Connection|Operation) timed out");
  private static final Pattern OPEN_FAILED =
      Pattern.compile("channel \\d+: open failed: ([^:]*): ?(.*)");

  private SshFailures() {}

  /**
   * Why no connection came about.
   *
   * @param said standard error of ssh, with what programs of a ProxyCommand added
   * @param after how long it took
   */
  static NodeFailure connecting(String said, Duration after) {
    Matcher unknown = UNKNOWN_KEY.matcher(said);
    if (unknown.find()) {
      return new NodeFailure.HostKeyRejected(
          "the host key of %s is not known; add it to known_hosts, or have -o StrictHostKeyChecking=accept-new in the ssh command"
              .formatted(unknown.group(1)));
    }
    if (CHANGED_KEY.matcher(said).find()) {
      return new NodeFailure.HostKeyRejected(
          "the host key has changed; if that is right, remove the old one by ssh-keygen -R");
    }
    if (REVOKED_KEY.matcher(said).find()) {
      return new NodeFailure.HostKeyRejected("the host key is revoked");
    }
    if (KEY_FAILED.matcher(said).find()) {
      return new NodeFailure.HostKeyRejected(
          "the host key is not known; log in once by hand, or have"
              + " -o StrictHostKeyChecking=accept-new in the ssh command");
    }
    if (DENIED.matcher(said).find()) {
      return new NodeFailure.AuthenticationRejected(lastMatching(said, DENIED));
    }
    if (SLOW.matcher(said).find()) {
      return new NodeFailure.TimedOut("connect", after);
    }
    if (CARRIER_FAILED.matcher(said).find()) {
      return new NodeFailure.Unreachable(lastMatching(said, CARRIER_FAILED));
    }
    if (!TURNED_AWAY.matcher(said).find()) {
      return new NodeFailure.Unreachable(lastLine(said));
    }
    boolean crowded = LACKS_ROOM.matcher(said).find();
    return new NodeFailure.TurnedAway(lastMatching(said, crowded ? LACKS_ROOM : TURNED_AWAY));
  }

  /** Why a stream to somewhere else was not opened, by the master's word. */
  static NodeFailure opening(String said) {
    Matcher matcher = OPEN_FAILED.matcher(said);
    NodeFailure failure =
        new NodeFailure.RemoteFailure("the server refused a channel (MaxSessions?)");
    while (matcher.find()) {
      String told = matcher.group(1).strip();
      failure =
          new NodeFailure.RemoteFailure(
              switch (told) {
                case "connect failed" -> "the server could not connect: " + matcher.group(2);
                case "administratively prohibited" ->
                    "administratively prohibited by the server (AllowTcpForwarding in"
                        + " sshd_config?)";
                default -> "the server refused a channel: " + told + ": " + matcher.group(2);
              });
    }
    return failure;
  }

  /** The last line that says something. */
  static String lastLine(String said) {
    List<String> lines = said.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return lines.isEmpty() ? "ssh ended and gave no reason" : lines.getLast();
  }

  private static String lastMatching(String said, Pattern pattern) {
    return lastLine(
        said.lines()
            .filter(line -> pattern.matcher(line).find())
            .reduce("", (before, line) -> line));
  }
}
