package io.codeploy.cli.deploy;

import io.codeploy.chunkcache.member.Peer;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Peers;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.node.Node;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A node whose agent answers.
 *
 * @param index in the deployment's list of nodes
 * @param site what is near it, as far as that is known
 * @param prepared time that it took to get there
 */
record Member(
    int index,
    Node node,
    Connection connection,
    AgentLink agent,
    Optional<String> site,
    Duration prepared) {
  /** This machine's address, as the node sees it unless something translates it. */
  InetAddress localAddress() {
    return connection.localAddress().getAddress();
  }

  Passage.Place place() {
    return new Passage.Place(index, prepared);
  }

  Member withAgent(AgentLink another) {
    return new Member(index, node, connection, another, site, prepared);
  }

  Member inSite(Optional<String> another) {
    return new Member(index, node, connection, agent, another, prepared);
  }

  Peer peer(int rank, boolean originAccess) {
    return Peers.of(rank, node, agent, site, originAccess);
  }
}
