package io.codeploy.agent.control;

import java.util.List;
import java.util.Objects;

/**
 * Asks an agent how far other members are from it.
 *
 * @param members at most {@value #MOST}
 */
public record NearRequest(List<Address> members) {
  /** Members that are asked about at once. */
  public static final int MOST = 16;

  public NearRequest {
    members = List.copyOf(members);
    if (members.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " members");
    }
  }

  /** Where the cache of a member listens. */
  public record Address(String host, int port) {
    public Address {
      Objects.requireNonNull(host, "host is null");
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("no port: " + port);
      }
    }
  }
}
