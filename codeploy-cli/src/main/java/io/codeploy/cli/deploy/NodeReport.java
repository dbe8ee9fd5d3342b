package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Traffic;
import java.util.Objects;

/** What a node that has the tree now did for it. */
public record NodeReport(Counts counts, Traffic traffic) {
  public NodeReport {
    Objects.requireNonNull(counts, "counts is null");
    Objects.requireNonNull(traffic, "traffic is null");
  }
}
