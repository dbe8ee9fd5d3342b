package io.codeploy.chunkcache.swarm;

import java.time.Duration;

/** Whether a peer may be asked now: not excluded, not in quarantine, not asked to be left alone. */
final class PeerHealth {
  private static final long FIRST_QUARANTINE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MAX_DOUBLINGS = 5;

  private boolean excluded;
  private int failures;
  private int refusals;
  private long quarantinedUntilNanos = Long.MIN_VALUE;
  private long busyUntilNanos = Long.MIN_VALUE;

  /** The peer did not answer: it is left alone for 30 s, twice as long each time after that. */
  void failed(long now) {
    quarantinedUntilNanos = now + (FIRST_QUARANTINE_NANOS << Math.min(failures, MAX_DOUBLINGS));
    failures++;
  }

  void answered() {
    failures = 0;
    quarantinedUntilNanos = Long.MIN_VALUE;
  }

  void busy(long untilNanos) {
    refusals++;
    busyUntilNanos = untilNanos;
  }

  /** The peer gave what it was asked for. */
  void served() {
    refusals = 0;
  }

  /** How often in a row the peer has asked to be left alone. */
  int refusals() {
    return refusals;
  }

  /** The peer lied: it is never asked again. */
  void exclude() {
    excluded = true;
  }

  boolean excluded() {
    return excluded;
  }

  boolean usable(long now) {
    return !excluded && now >= quarantinedUntilNanos;
  }

  boolean askable(long now) {
    return usable(now) && now >= busyUntilNanos;
  }
}
