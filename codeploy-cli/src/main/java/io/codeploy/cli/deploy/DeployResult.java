package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a run ended.
 *
 * @param nodes one result for each node of the deployment, in its order
 * @param traffic of all nodes that reported, failed ones included; bytes that left the origin are
 *     {@code fromOrigin}, unless {@code originBytes} counted them where they left
 * @param originBytes that left the origin
 * @param interrupted whether the run was stopped
 */
public record DeployResult(
    List<NodeResult> nodes,
    TreeSize tree,
    Traffic traffic,
    long originBytes,
    Duration elapsed,
    boolean interrupted) {
  public DeployResult {
    nodes = List.copyOf(nodes);
    Objects.requireNonNull(tree, "tree is null");
    Objects.requireNonNull(traffic, "traffic is null");
    Objects.requireNonNull(elapsed, "elapsed is null");
  }

  /** Transported bytes that nodes received, whoever sent them: what a star would have sent. */
  public long deliveredBytes() {
    return traffic.fromOrigin() + traffic.fromPeers();
  }
}
