package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.Steering;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What the process allows, and who steers it.
 *
 * @param openFiles the limit on open files, where it is known
 * @param steering of the windows of runs, by SIGUSR1 and SIGUSR2
 */
public record Controls(OptionalInt openFiles, Steering steering) {
  public Controls {
    Objects.requireNonNull(openFiles, "openFiles is null");
    Objects.requireNonNull(steering, "steering is null");
  }

  /** No limit, nobody steers. */
  public static Controls none() {
    return new Controls(OptionalInt.empty(), new Steering());
  }
}
