package io.codeploy.cli.fleet;

import io.codeploy.multiquery.node.Node;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Which site a node is in: what its label says, else the network of its address. */
final class Sites {
  private static final int IPV6_SITE_BYTES = 8;

  private Sites() {}

  /**
   * The label {@code site} of {@code node}; without one the network of {@code host}, /24 for IPv4
   * and /64 for IPv6; empty if {@code host} is no address. No name is looked up.
   */
  static Optional<String> of(Node node, String host) {
    return node.site().or(() -> network(host));
  }

  private static Optional<String> network(String host) {
    if (host.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      return Optional.of(host.substring(0, host.lastIndexOf('.')) + ".0/24");
    }
    return host.indexOf(':') < 0 ? Optional.empty() : longNetwork(host);
  }

  /** With a colon in it {@code host} is an address or nothing. */
  private static Optional<String> longNetwork(String host) {
    try {
      byte[] address = InetAddress.getByName(host).getAddress();
      byte[] network = Arrays.copyOf(address, IPV6_SITE_BYTES);
      return Optional.of(HexFormat.of().formatHex(network) + "/64");
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
