package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.expand.NodeCopy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A run of copies.
 *
 * @param window most nodes under way at once
 * @param launchDelay least time between two launches; zero for none
 * @param connectLimit for connecting and authenticating
 * @param progressLimit longest time without a byte copied; zero for none
 */
public record CopyRequest(
    List<NodeCopy> copies,
    int window,
    Duration launchDelay,
    Duration connectLimit,
    Duration progressLimit) {
  public CopyRequest {
    copies = List.copyOf(copies);
    Objects.requireNonNull(launchDelay, "launchDelay is null");
    Objects.requireNonNull(connectLimit, "connectLimit is null");
    Objects.requireNonNull(progressLimit, "progressLimit is null");
  }
}
