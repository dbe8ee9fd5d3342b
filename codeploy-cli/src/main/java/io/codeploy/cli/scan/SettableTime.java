package io.codeploy.cli.scan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times of files that nodes can have. */
public final class SettableTime {
  private SettableTime() {}

  /** Before 1970 Java sets whole seconds only: {@code time} without the fraction then. */
  public static Instant of(Instant time) {
    return time.getEpochSecond() < 0 ? time.truncatedTo(ChronoUnit.SECONDS) : time;
  }
}
