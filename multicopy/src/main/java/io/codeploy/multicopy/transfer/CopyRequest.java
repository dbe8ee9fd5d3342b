package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.push.Selection;
import io.codeploy.multiquery.fanout.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A run of copies.
 *
 * @param selection what of the sources is copied
 * @param pace of going about the nodes, and when to stop
 * @param connectLimit for connecting and authenticating
 * @param progressLimit longest time without progress; zero for none
 */
public record CopyRequest(
    List<NodeCopy> copies,
    Selection selection,
    Pace pace,
    Duration connectLimit,
    Duration progressLimit) {
  public CopyRequest {
    copies = List.copyOf(copies);
    Objects.requireNonNull(selection, "selection is null");
    Objects.requireNonNull(pace, "pace is null");
    Objects.requireNonNull(connectLimit, "connectLimit is null");
    Objects.requireNonNull(progressLimit, "progressLimit is null");
  }
}
