package io.codeploy.agent.control;

import java.util.List;
import java.util.Objects;

/**
 * What an agent says of itself.
 *
 * @param version of its image
 * @param pid of its process
 * @param uptimeSeconds since its start
 * @param deployments those that run and the last ones that ended and are still served
 */
public record AgentStatus(
    String version, long pid, long uptimeSeconds, List<Deployment> deployments) {
  public AgentStatus {
    Objects.requireNonNull(version, "version is null");
    deployments = List.copyOf(deployments);
  }

  /**
   * One deployment.
   *
   * @param deployment its id
   * @param remoteDir absolute
   */
  public record Deployment(String deployment, String remoteDir, boolean running) {
    public Deployment {
      Objects.requireNonNull(deployment, "deployment is null");
      Objects.requireNonNull(remoteDir, "remoteDir is null");
    }
  }
}
