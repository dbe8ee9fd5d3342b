package io.codeploy.chunkcache.member;

import java.util.Objects;
import java.util.Optional;

/**
 * A member of a deployment's swarm.
 *
 * @param rank its number in the deployment, 0 .. N-1
 * @param name as in the node list, for messages
 * @param host address at which its cache listens
 * @param port on which its cache listens
 * @param site label of its site, if any
 * @param originAccess whether it can reach the origin; only such peers are owners
 */
public record Peer(
    int rank, String name, String host, int port, Optional<String> site, boolean originAccess) {
  public Peer {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(host, "host is null");
    Objects.requireNonNull(site, "site is null");
  }
}
