package io.codeploy.cli.deploy;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the embedded origin listens.
 *
 * @param address of this machine; without it the local addresses of the SSH connections
 * @param port 0 for any free one
 */
public record OriginAddress(Optional<InetAddress> address, int port) {
  public OriginAddress {
    Objects.requireNonNull(address, "address is null");
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port);
    }
  }
}
