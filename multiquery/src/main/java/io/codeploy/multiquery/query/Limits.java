package io.codeploy.multiquery.query;

import java.time.Duration;
import java.util.Objects;

/**
 * How long one node may take; zero is no limit.
 *
 * @param command from the start of the command to its end
 * @param whole from the node's launch to the end of its command
 */
public record Limits(Duration command, Duration whole) {
  public Limits {
    Objects.requireNonNull(command, "command is null");
    Objects.requireNonNull(whole, "whole is null");
  }

  /** The one limit of the original. */
  public static Limits whole(Duration whole) {
    return new Limits(Duration.ZERO, whole);
  }
}
