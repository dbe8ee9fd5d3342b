package io.codeploy.cli.command;

import io.codeploy.cli.deploy.Pace;
import io.codeploy.multiquery.command.SshOptions;
import io.codeploy.multiquery.node.Node;
import java.util.List;
import java.util.Objects;

/** Whose agents to end, and where they are. */
record StopRequest(List<Node> nodes, SshOptions ssh, String agentDir, Pace pace) {
  StopRequest {
    nodes = List.copyOf(nodes);
    Objects.requireNonNull(ssh, "ssh is null");
    Objects.requireNonNull(agentDir, "agentDir is null");
    Objects.requireNonNull(pace, "pace is null");
  }
}
