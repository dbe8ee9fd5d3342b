package io.codeploy.cli.fleet;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be done to get an agent on a node.
 *
 * @param mayStart whether one may be started
 * @param mostInstalledBytes the largest image that may be sent there; 0 for none
 * @param roomBytes what has to be free beside it where it is installed, for what it is to bring
 * @param idleOut after which one that is started ends; empty for what agents do by themselves
 * @param nice its niceness
 */
public record Terms(
    boolean mayStart,
    long mostInstalledBytes,
    long roomBytes,
    Optional<Duration> idleOut,
    int nice) {
  /** Whatever it takes. */
  public static final Terms ANY = new Terms(true, Long.MAX_VALUE, 0, Optional.empty(), 0);

  public Terms {
    Objects.requireNonNull(idleOut, "idleOut is null");
  }

  /** The same with agents of that niceness. */
  public Terms nice(int niceness) {
    return new Terms(mayStart, mostInstalledBytes, roomBytes, idleOut, niceness);
  }
}
