package io.codeploy.cli.deploy;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.Spacing;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How nodes are gone about.
 *
 * @param nodes how many at once, and when not to wait for the rest; of all phases together
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

  /** Of getting agents: whoever has none in time has no part in the transfer. */
  io.codeploy.multiquery.fanout.Pace entry() {
    return part(nodes.release(), nodes.throttle(), nodes.spacing(), nodes.barrier().forEntry());
  }

  /** The same for nodes that are connected to already. */
  io.codeploy.multiquery.fanout.Pace connected() {
    return part(nodes.release(), Optional.empty(), Spacing.NONE, nodes.barrier().forEntry());
  }

  /** Of members, all at once: those of a swarm wait for each other. */
  io.codeploy.multiquery.fanout.Pace transfer(int members) {
    Release all = new Release.Fixed(members, members);
    return part(all, Optional.empty(), Spacing.NONE, nodes.barrier());
  }

  private io.codeploy.multiquery.fanout.Pace part(
      Release release, Optional<Release.Fixed> throttle, Spacing spacing, BarrierRule barrier) {
    return new io.codeploy.multiquery.fanout.Pace(
        release, throttle, spacing, nodes.halt(), barrier, nodes.deadline());
  }
}
