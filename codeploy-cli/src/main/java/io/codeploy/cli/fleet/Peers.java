package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import io.codeploy.chunkcache.swarm.Peer;
import io.codeploy.multiquery.node.Node;

/** What members of a swarm are told of each other. */
public final class Peers {
  private Peers() {}

  /**
   * The member at {@code rank} of a swarm, by its agent.
   *
   * @param originAccess whether it reaches the origin
   */
  public static Peer of(int rank, Node node, AgentLink agent, boolean originAccess) {
    AgentState state = agent.state();
    String host = state.peerHost();
    return new Peer(rank, node.name(), host, state.peerPort(), Sites.of(node, host), originAccess);
  }
}
