package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.OptionalLong;

/** Whether this member may ask the origin now, by its own experience with it. */
final class OriginAccess {
  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_DOUBLINGS = 3;

  /** Between refusals: they cost the origin little, and each chunk is refused three times. */
  private static final long REFUSED_PAUSE_NANOS = Duration.ofMillis(250).toNanos();

  /** For so long being told to wait counts as a sign of life. */
  private static final long WAITING_NANOS = Duration.ofSeconds(30).toNanos();

  private final boolean present;
  private final int first;
  private final int window;
  private final Jitter jitter;
  private final ChunkTroubles troubles = new ChunkTroubles();
  private boolean gave;
  private int outstanding;
  private int failures;
  private long retryAtNanos = Long.MIN_VALUE;
  private OptionalLong waitingSinceNanos = OptionalLong.empty();
  private long waits;

  /** It is asked for {@code first} chunks at once until one has come, then for {@code window}. */
  OriginAccess(boolean present, int first, int window, Jitter jitter) {
    this.present = present;
    this.first = first;
    this.window = window;
    this.jitter = jitter;
  }

  boolean present() {
    return present;
  }

  boolean askable(int chunk, long now) {
    return serves(chunk)
        && outstanding < (gave ? window : first)
        && now >= retryAtNanos
        && !troubles.resting(chunk, now);
  }

  /** The origin cannot be counted on for {@code chunk}; somebody else had better ask. */
  boolean down(int chunk) {
    return failures >= 2 || !promises(chunk);
  }

  /** The origin has refused {@code chunk} so often that it is no use to ask again. */
  boolean refused(int chunk) {
    return troubles.hopeless(chunk);
  }

  /** Whether others may wait for this member to get {@code chunk}. */
  boolean promises(int chunk) {
    return serves(chunk) && !troubles.many(chunk);
  }

  /** How often the origin has asked to wait, as far as others are to take it for a sign of life. */
  long waits() {
    return waits;
  }

  void begin() {
    outstanding++;
  }

  void done(int chunk, Outcome outcome, long now) {
    outstanding--;
    switch (outcome) {
      case Outcome.Got got -> answered(chunk);
      case Outcome.Busy busy -> busy(busy.retryAfter(), now);
      case Outcome.Failed failed -> failed(chunk, now);
      case Outcome.Wrong wrong -> refused(chunk, now);
      case Outcome.Absent absent -> refused(chunk, now);
      case Outcome.Refused refused -> refused(chunk, now);
      case Outcome.NotYetAMember notYet -> unreachable(chunk, now);
      case Outcome.Unreachable unreachable -> unreachable(chunk, now);
      case Outcome.Overtaken overtaken -> {}
    }
  }

  private void answered(int chunk) {
    gave = true;
    failures = 0;
    troubles.over(chunk);
    waitingSinceNanos = OptionalLong.empty();
  }

  /** The origin is alive and wants to be left alone. */
  private void busy(Duration pause, long now) {
    failures = 0;
    retryAtNanos = now + jitter.nanos(pause);
    long since = waitingSinceNanos.orElse(now);
    waitingSinceNanos = OptionalLong.of(since);
    if (now - since < WAITING_NANOS) {
      waits++;
    }
  }

  /** One bad file does not hold up the others; nothing but failures does. */
  private void failed(int chunk, long now) {
    troubles.failed(chunk, now);
    if (failures > 0) {
      pause(now);
    }
    failures++;
  }

  private void refused(int chunk, long now) {
    troubles.refused(chunk, now);
    if (failures > 0) {
      retryAtNanos = now + REFUSED_PAUSE_NANOS;
    }
    failures++;
  }

  private void unreachable(int chunk, long now) {
    troubles.failed(chunk, now);
    pause(now);
    failures++;
  }

  private void pause(long now) {
    retryAtNanos = now + (FIRST_PAUSE_NANOS << Math.min(failures, MAX_DOUBLINGS));
  }

  /** Whether the origin may still be asked for {@code chunk}. */
  private boolean serves(int chunk) {
    return present && !troubles.hopeless(chunk);
  }
}
