package io.codeploy.cli.deploy;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.cli.scan.ScanRequest;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multiquery.node.Node;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one run of {@code codeploy} is asked to do.
 *
 * @param nodes at least one
 * @param source the tree, and in which form its content travels
 * @param url under which a web server of the user's serves the tree; without it this machine does
 * @param remoteDir on every node, absolute or relative to the home directory
 * @param rates of what leaves the origin, in all, and of what each node sends to others
 */
public record Deployment(
    List<Node> nodes,
    ScanRequest source,
    Optional<String> url,
    String remoteDir,
    DeployOptions options,
    OriginAddress originAddress,
    Rates rates,
    Pace pace) {
  public Deployment {
    nodes = List.copyOf(nodes);
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(url, "url is null");
    Objects.requireNonNull(remoteDir, "remoteDir is null");
    Objects.requireNonNull(options, "options is null");
    Objects.requireNonNull(originAddress, "originAddress is null");
    Objects.requireNonNull(rates, "rates is null");
    Objects.requireNonNull(pace, "pace is null");
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no nodes");
    }
  }
}
