package io.codeploy.multicopy.relay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a run relays.
 *
 * @param aboveBytes a node that lacks less is sent to directly
 * @param idleOut after which an agent ends that was started for this
 * @param agentDir of agents on nodes, absolute or relative to the home directory
 * @param distribution directory that holds the agents' images
 * @param cacheDir of the operator, for what is learnt of sources
 */
public record RelaySettings(
    long aboveBytes,
    AgentUse agents,
    Duration idleOut,
    String agentDir,
    Path distribution,
    Path cacheDir) {
  public RelaySettings {
    Objects.requireNonNull(agents, "agents is null");
    Objects.requireNonNull(idleOut, "idleOut is null");
    Objects.requireNonNull(agentDir, "agentDir is null");
    Objects.requireNonNull(distribution, "distribution is null");
    Objects.requireNonNull(cacheDir, "cacheDir is null");
  }
}
