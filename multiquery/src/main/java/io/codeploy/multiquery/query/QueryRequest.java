package io.codeploy.multiquery.query;

import io.codeploy.multiquery.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A run of multiquery.
 *
 * @param command for the login shell of each node, as typed
 * @param window most nodes under way at once
 * @param launchDelay least time between two launches; zero for none
 * @param limit for each node, from its launch to the end of its command; zero for none
 */
public record QueryRequest(
    List<Node> nodes, String command, int window, Duration launchDelay, Duration limit) {
  public QueryRequest {
    nodes = List.copyOf(nodes);
    Objects.requireNonNull(command, "command is null");
    Objects.requireNonNull(launchDelay, "launchDelay is null");
    Objects.requireNonNull(limit, "limit is null");
  }
}
