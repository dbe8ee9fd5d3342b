package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.pull.Into;
import io.codeploy.multicopy.relay.RelaySettings;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.node.Node;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A run of copies.
 *
 * @param selection what of the sources is copied
 * @param into another layout of what is pulled
 * @param sending how bytes travel
 * @param pace of going about the nodes, and when to stop
 * @param limits of each node
 * @param retries of a copy that lost its connection; of connecting itself the connector knows
 * @param relay whether and how large pushes go through agents
 */
public record CopyRequest(
    List<NodeCopy> copies,
    Selection selection,
    Optional<Into> into,
    Sending sending,
    Pace pace,
    CopyLimits limits,
    RetryRule retries,
    Optional<RelaySettings> relay) {
  public CopyRequest {
    copies = List.copyOf(copies);
    Objects.requireNonNull(selection, "selection is null");
    Objects.requireNonNull(into, "into is null");
    Objects.requireNonNull(sending, "sending is null");
    Objects.requireNonNull(pace, "pace is null");
    Objects.requireNonNull(limits, "limits is null");
    Objects.requireNonNull(retries, "retries is null");
    Objects.requireNonNull(relay, "relay is null");
  }

  /** This one, relayed. */
  public CopyRequest relayed(RelaySettings how, Pace relayedPace) {
    return new CopyRequest(
        copies, selection, into, sending, relayedPace, limits, retries, Optional.of(how));
  }

  /** The nodes, in the order of their ranks. */
  public List<Node> nodes() {
    return copies.stream().map(NodeCopy::node).toList();
  }
}
