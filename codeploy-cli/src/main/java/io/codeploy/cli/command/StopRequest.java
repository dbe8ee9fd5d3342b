package io.codeploy.cli.command;

import io.codeploy.cli.deploy.Pace;
import io.codeploy.multiquery.node.Node;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whose agents to end, and where they are. */
record StopRequest(List<Node> nodes, Optional<String> slice, String agentDir, Pace pace) {
  StopRequest {
    nodes = List.copyOf(nodes);
    Objects.requireNonNull(slice, "slice is null");
    Objects.requireNonNull(agentDir, "agentDir is null");
    Objects.requireNonNull(pace, "pace is null");
  }
}
