package io.codeploy.agent.control;

import java.util.Objects;

/**
 * How to find a running agent: the content of {@code <agent dir>/agent.state}, mode 0600, one
 * {@code key=value} a line, so that a shell can read it.
 *
 * @param pid of the agent's process
 * @param version of its image
 * @param controlPort on the node's loopback address
 * @param token 64 hexadecimal digits; whoever shows it as a bearer token is the controller
 * @param peerHost address on which its cache listens
 * @param peerPort on which its cache listens
 */
public record AgentState(
    long pid, String version, int controlPort, String token, String peerHost, int peerPort) {
  public AgentState {
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(token, "token is null");
    Objects.requireNonNull(peerHost, "peerHost is null");
  }
}
