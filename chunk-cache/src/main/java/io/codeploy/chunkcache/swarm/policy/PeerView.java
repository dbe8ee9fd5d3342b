package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.OptionalDouble;

/** What a member knows of another's progress in one part, and how old that knowledge is. */
final class PeerView {
  private static final long FRESH_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long FIRST_POLL_NANOS = Duration.ofMillis(20).toNanos();
  private static final long MEASURING_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int FEW = 8;
  private static final long POLL_NANOS = Duration.ofSeconds(1).toNanos();

  private enum State {
    UNKNOWN,
    NOT_YET_A_MEMBER,
    ACTIVE,
    IDLE
  }

  private State state = State.UNKNOWN;
  private long since;
  private long progress;
  private long heardNanos;
  private long movedNanos;
  private boolean looked;
  private boolean measuring;
  private long measuredFrom;
  private long measuredSinceNanos;
  private boolean polling;
  private boolean newsSinceSent;
  private int pollsWithNews;
  private long pollSentNanos;
  private long pollDueNanos = Long.MIN_VALUE;
  private long pollIntervalNanos = FIRST_POLL_NANOS;

  /** Takes news; true if the peer has got on since the last. */
  boolean heard(HaveDelta delta, long now) {
    State told = delta.active() ? State.ACTIVE : State.IDLE;
    boolean moved = delta.next() != since || delta.progress() != progress;
    if (moved || told != state) {
      movedNanos = now;
    }
    state = told;
    if (!measuring || delta.progress() < measuredFrom) {
      measuring = true;
      measuredFrom = delta.progress();
      measuredSinceNanos = now;
    }
    since = delta.next();
    progress = delta.progress();
    newsSinceSent |= moved;
    answered(now);
    return moved;
  }

  /** The peer answers, but has not heard of the part yet. */
  void notYetAMember(long now) {
    if (state != State.NOT_YET_A_MEMBER) {
      movedNanos = now;
    }
    state = State.NOT_YET_A_MEMBER;
    answered(now);
  }

  private void answered(long now) {
    heardNanos = now;
    looked = true;
    if (!polling) {
      pollDueNanos = now + pollIntervalNanos;
    }
  }

  /** The peer does not answer: all that it said is void. */
  void lost(long now) {
    state = State.UNKNOWN;
    looked = false;
    since = 0;
    measuring = false;
    pollDueNanos = now + POLL_NANOS;
  }

  /** Bytes per nanosecond that it gets, if it wants something and is known long enough. */
  OptionalDouble rate(long now) {
    long nanos = now - measuredSinceNanos;
    return state == State.ACTIVE && measuring && fresh(now) && nanos >= MEASURING_NANOS
        ? OptionalDouble.of((double) (progress - measuredFrom) / nanos)
        : OptionalDouble.empty();
  }

  long since() {
    return since;
  }

  boolean fresh(long now) {
    return state != State.UNKNOWN && now - heardNanos <= FRESH_NANOS;
  }

  boolean idle() {
    return state == State.IDLE;
  }

  /**
   * Known to answer and known not to get on for {@code lease}, or not to begin for {@code late}.
   */
  boolean stalled(long now, Duration lease, Duration late) {
    long limit =
        switch (state) {
          case ACTIVE -> lease.toNanos();
          case NOT_YET_A_MEMBER -> Math.min(lease.toNanos(), late.toNanos());
          case UNKNOWN, IDLE -> Long.MAX_VALUE;
        };
    return fresh(now) && now - movedNanos >= limit;
  }

  boolean pollDue(long now) {
    return !polling && now >= pollDueNanos;
  }

  /** The first looks around at once, later ones wait for news. */
  Step.Poll poll(int rank) {
    return new Step.Poll(rank, since, looked);
  }

  /** No second poll while one is under way. */
  void pollSent(long now) {
    polling = true;
    newsSinceSent = false;
    pollSentNanos = now;
  }

  /**
   * A second between the starts of polls, in the end. Less for the first answers with news, so that
   * a small deployment never waits for the next poll, and no more where the peer lets polls wait.
   */
  void pollEnded(long now) {
    polling = false;
    pollDueNanos = looked ? pollSentNanos + pollIntervalNanos : pollDueNanos;
    boolean atOnce = now - pollSentNanos < pollIntervalNanos;
    boolean few = newsSinceSent && ++pollsWithNews <= FEW;
    if (!few && (atOnce || newsSinceSent)) {
      pollIntervalNanos = Math.min(POLL_NANOS, 2 * pollIntervalNanos);
    }
  }

  /** Whether the peer is known and tells by itself, on a poll under way, when it gets on. */
  boolean listening() {
    return polling && looked;
  }

  /** A new fetch begins: the first polls are quick again. */
  void restartPolling() {
    measuring = false;
    looked = listening();
    pollsWithNews = 0;
    pollIntervalNanos = FIRST_POLL_NANOS;
    pollDueNanos = Long.MIN_VALUE;
  }
}
