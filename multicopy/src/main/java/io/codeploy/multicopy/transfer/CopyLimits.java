package io.codeploy.multicopy.transfer;

import java.time.Duration;
import java.util.Objects;

/**
 * How long the copy for a node may take.
 *
 * @param connect for connecting and authenticating, one attempt, and for opening a channel
 * @param progress longest time without progress of the node; zero for none
 * @param whole from the node's launch to the end of its copy; zero for none
 */
public record CopyLimits(Duration connect, Duration progress, Duration whole) {
  public CopyLimits {
    Objects.requireNonNull(connect, "connect is null");
    Objects.requireNonNull(progress, "progress is null");
    Objects.requireNonNull(whole, "whole is null");
  }
}
