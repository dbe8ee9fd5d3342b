package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;

/**
 * Whether a peer may be asked now: not excluded, not in quarantine, not under suspicion, not asked
 * to be left alone.
 */
final class PeerHealth {
  private static final long FIRST_QUARANTINE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MAX_DOUBLINGS = 5;
  private static final long FIRST_SUSPICION_NANOS = Duration.ofSeconds(90).toNanos();

  /** So often in a row, and for so long: nobody who gets rid of anything sends one away so. */
  private static final int MANY_REFUSALS = 32;

  private static final long LONG_REFUSAL_NANOS = Duration.ofSeconds(10).toNanos();

  private boolean excluded;
  private int failures;
  private int refusals;
  private int suspicions;
  private long suspectUntilNanos = Long.MIN_VALUE;
  private long quarantinedUntilNanos = Long.MIN_VALUE;
  private long busyUntilNanos = Long.MIN_VALUE;
  private long refusedSinceNanos;

  /** The peer did not answer: it is left alone for 90 s, twice as long each time after that. */
  void failed(long now) {
    quarantinedUntilNanos = now + (FIRST_QUARANTINE_NANOS << Math.min(failures, MAX_DOUBLINGS));
    failures++;
  }

  void answered() {
    failures = 0;
    quarantinedUntilNanos = Long.MIN_VALUE;
  }

  /**
   * What the peer was to send does not come: it is asked for nothing that others have for 90 s,
   * twice as long each time after that. All that does not come meanwhile is the same trouble.
   * Answers do not end that, as whoever sends too slowly answers well, but {@link #inTime} does.
   */
  void suspect(long now) {
    if (now >= suspectUntilNanos) {
      suspectUntilNanos = now + (FIRST_SUSPICION_NANOS << Math.min(suspicions, MAX_DOUBLINGS));
      suspicions++;
    }
  }

  boolean suspected(long now) {
    return now < suspectUntilNanos;
  }

  /** What the peer was asked for came and was not late. */
  void inTime() {
    suspicions = 0;
    suspectUntilNanos = Long.MIN_VALUE;
  }

  /** The peer asked at {@code now} to be left alone. */
  void busy(long now, long untilNanos) {
    if (refusals == 0) {
      refusedSinceNanos = now;
    }
    refusals++;
    busyUntilNanos = untilNanos;
  }

  /** Whether the peer does nothing but ask to be left alone, whatever else it says. */
  boolean onlyRefuses(long now) {
    return refusals >= MANY_REFUSALS && now - refusedSinceNanos >= LONG_REFUSAL_NANOS;
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

  /** Whether what the peer says is listened to. */
  boolean heard(long now) {
    return !excluded && now >= quarantinedUntilNanos;
  }

  boolean usable(long now) {
    return heard(now) && !suspected(now);
  }

  boolean askable(long now) {
    return usable(now) && now >= busyUntilNanos;
  }

  /** Like {@link #askable}, where nobody is left but those under suspicion. */
  boolean askableAtLast(long now) {
    return heard(now) && now >= busyUntilNanos;
  }
}
