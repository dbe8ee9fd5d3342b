package io.codeploy.chunkcache.swarm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Whether this member may ask the origin now, by its own experience with it. */
final class OriginAccess {
  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_DOUBLINGS = 3;
  private static final int MAX_SPOILT = 3;

  private final boolean present;
  private final int window;
  private final Map<Integer, Integer> spoilt = new HashMap<>();
  private int outstanding;
  private int failures;
  private long retryAtNanos = Long.MIN_VALUE;

  OriginAccess(boolean present, int window) {
    this.present = present;
    this.window = window;
  }

  boolean present() {
    return present;
  }

  boolean askable(int chunk, long now) {
    return serves(chunk) && outstanding < window && now >= retryAtNanos;
  }

  /** The origin cannot be counted on for {@code chunk}; somebody else had better ask. */
  boolean down(int chunk) {
    return !serves(chunk) || failures >= 2;
  }

  void begin() {
    outstanding++;
  }

  void end() {
    outstanding--;
  }

  void answered() {
    failures = 0;
  }

  /** The origin is alive and wants to be left alone until then. */
  void busy(long untilNanos) {
    failures = 0;
    retryAtNanos = untilNanos;
  }

  void failed(long now) {
    retryAtNanos = now + (FIRST_PAUSE_NANOS << Math.min(failures, MAX_DOUBLINGS));
    failures++;
  }

  /** The origin gave no or other bytes for {@code chunk}; after three times it is not asked. */
  void spoilt(int chunk, long now) {
    spoilt.merge(chunk, 1, Integer::sum);
    failed(now);
  }

  /** Whether the origin may still be asked for {@code chunk}. */
  boolean serves(int chunk) {
    return present && spoilt.getOrDefault(chunk, 0) < MAX_SPOILT;
  }
}
