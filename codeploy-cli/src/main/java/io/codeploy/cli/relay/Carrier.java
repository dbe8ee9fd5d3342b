package io.codeploy.cli.relay;

import io.codeploy.agent.control.OriginSpec.ChunkServer;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Peers;
import io.codeploy.multiquery.node.Node;

/**
 * A node whose agent takes part.
 *
 * @param access whether it reaches the origin there
 */
record Carrier(Node node, AgentLink agent, ChunkServer origin, boolean access) {
  Peer peer(int rank) {
    return Peers.of(rank, node, agent, Peers.site(node, agent), access);
  }
}
