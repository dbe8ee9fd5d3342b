package io.codeploy.multiquery.query;

import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.shell.RemoteCommand;
import java.util.List;
import java.util.Objects;

/**
 * A run of multiquery.
 *
 * @param command for the login shell of each node
 * @param pace of going about the nodes, and when to stop
 * @param limits for each node
 */
public record QueryRequest(List<Node> nodes, RemoteCommand command, Pace pace, Limits limits) {
  public QueryRequest {
    nodes = List.copyOf(nodes);
    Objects.requireNonNull(command, "command is null");
    Objects.requireNonNull(pace, "pace is null");
    Objects.requireNonNull(limits, "limits is null");
  }

  /** The same run of another command. */
  public QueryRequest withCommand(RemoteCommand other) {
    return new QueryRequest(nodes, other, pace, limits);
  }

  /** The nodes that are connected to as the run begins. */
  public List<Node> first() {
    return nodes.subList(0, Math.min(pace.atOnce(), nodes.size()));
  }

  /** A run of {@code command} as typed, without input. */
  public QueryRequest(List<Node> nodes, String command, Pace pace, Limits limits) {
    this(nodes, RemoteCommand.of(command), pace, limits);
  }
}
