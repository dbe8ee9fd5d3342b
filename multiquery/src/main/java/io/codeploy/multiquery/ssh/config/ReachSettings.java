package io.codeploy.multiquery.ssh.config;

import io.codeploy.multiquery.connect.NodeFailedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How ssh_config wants a host to be reached. */
final class ReachSettings {
  private ReachSettings() {}

  static HostSettings.Reach of(Values values, String shell, String host)
      throws UnsupportedDirectiveException {
    return new HostSettings.Reach(
        proxy(values, shell, host),
        values.time("connecttimeout").filter(Duration::isPositive),
        family(values),
        values.text("bindaddress").filter(address -> !address.equals("*")));
  }

  /** The host that {@code ProxyJump} names last, as far as it is known; empty without one. */
  static String lastJump(SshConfig.Answer answer) {
    Optional<ConfigLine> line = answer.first("proxyjump", "proxycommand");
    if (line.isEmpty() || !line.get().keyword().equals("proxyjump") || isNone(line.get())) {
      return "";
    }
    String hops = line.get().value();
    try {
      return Jump.parse(hops.substring(hops.lastIndexOf(',') + 1)).host();
    } catch (NodeFailedException e) {
      // Told when it is to be gone through.
      return "";
    }
  }

  /**
   * Of the two directives the first wins, also {@code ProxyCommand none}. {@code ProxyJump none}
   * takes away those of its own kind only, as ssh has it.
   */
  private static HostSettings.Proxy proxy(Values values, String shell, String host)
      throws UnsupportedDirectiveException {
    Optional<ConfigLine> first = values.line("proxyjump", "proxycommand");
    Optional<ConfigLine> line =
        first.filter(ReachSettings::isNone).isEmpty() ? first : values.line("proxycommand");
    if (line.isEmpty() || isNone(line.get())) {
      return new HostSettings.Proxy.None();
    }
    String text = values.tokens().expand(line.get(), line.get().value());
    if (line.get().keyword().equals("proxycommand")) {
      return new HostSettings.Proxy.Command(shell, text);
    }
    List<String> hops = Arrays.asList(text.split(",", -1));
    // A host does not jump through itself, so that Host * may name a jump host.
    return hops.equals(List.of(host))
        ? new HostSettings.Proxy.None()
        : new HostSettings.Proxy.Jumps(hops);
  }

  /** Whether it has hosts reached through a command. */
  static boolean isProxyCommand(ConfigLine line) {
    return line.keyword().equals("proxycommand") && !isNone(line);
  }

  private static boolean isNone(ConfigLine line) {
    return line.value().equalsIgnoreCase("none");
  }

  private static HostSettings.Family family(Values values) throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = values.line("addressfamily");
    if (line.isEmpty()) {
      return HostSettings.Family.ANY;
    }
    return switch (line.get().value().toLowerCase(Locale.ROOT)) {
      case "any" -> HostSettings.Family.ANY;
      case "inet" -> HostSettings.Family.INET;
      case "inet6" -> HostSettings.Family.INET6;
      default -> throw new UnsupportedDirectiveException(line.get(), "not any, inet or inet6");
    };
  }
}
