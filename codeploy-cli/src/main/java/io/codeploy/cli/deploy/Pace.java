package io.codeploy.cli.deploy;

import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.Spacing;
import java.time.Duration;
import java.util.Objects;

/**
 * How nodes are gone about.
 *
 * @param nodes of connecting to nodes and giving them agents, and when to go on without the rest
 * @param connect limit for connecting and authenticating
 * @param retries of connecting
 */
public record Pace(io.codeploy.multiquery.fanout.Pace nodes, Duration connect, RetryRule retries) {
  public Pace {
    Objects.requireNonNull(nodes, "nodes is null");
    Objects.requireNonNull(connect, "connect is null");
    Objects.requireNonNull(retries, "retries is null");
  }

  /** That of something that every node has to have its turn in. */
  io.codeploy.multiquery.fanout.Pace unhurried() {
    return io.codeploy.multiquery.fanout.Pace.of(nodes.release(), nodes.spacing());
  }

  /** The same for nodes that are connected to already. */
  io.codeploy.multiquery.fanout.Pace connected() {
    return io.codeploy.multiquery.fanout.Pace.of(nodes.release(), Spacing.NONE);
  }
}
