package io.codeploy.cli.fleet;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be done to get an agent on a node.
 *
 * @param mayStart whether one may be started
 * @param mostInstalledBytes the largest image that may be sent there; 0 for none
 * @param idleOut after which one that is started ends; empty for what agents do by themselves
 */
public record Terms(boolean mayStart, long mostInstalledBytes, Optional<Duration> idleOut) {
  /** Whatever it takes. */
  public static final Terms ANY = new Terms(true, Long.MAX_VALUE, Optional.empty());

  public Terms {
    Objects.requireNonNull(idleOut, "idleOut is null");
  }
}
