package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.multiquery.node.Node;
import java.util.Optional;

/** What members of a swarm are told of each other. */
public final class Peers {
  private Peers() {}

  /**
   * The site of a node, by its label, else by the network in which its agent listens; empty if
   * neither tells.
   */
  public static Optional<String> site(Node node, AgentLink agent) {
    return Sites.of(node, agent.state().peerHost());
  }

  /**
   * The member at {@code rank} of a swarm, by its agent.
   *
   * @param originAccess whether it reaches the origin
   */
  public static Peer of(
      int rank, Node node, AgentLink agent, Optional<String> site, boolean originAccess) {
    AgentState state = agent.state();
    return new Peer(rank, node.name(), state.peerHost(), state.peerPort(), site, originAccess);
  }
}
