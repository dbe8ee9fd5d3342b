package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;

/**
 * Who is slow: whoever gets less than a fifth of the bytes a second that the middle one of the
 * members that this one follows gets. What others get they tell with their news.
 */
final class Pace {
  private static final double SLOW = 0.2;

  /** Before the middle one has got so many chunks, it is chance who has got how many. */
  private static final int ENOUGH = 8;

  private static final long FIRST_LOOK_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();

  private final Members members;
  private final Wants wants;
  private long begunNanos;
  private int gotChunks;
  private long gotBytes;
  private long lookNanos = Long.MIN_VALUE;
  private double limit;

  Pace(Members members, Wants wants) {
    this.members = members;
    this.wants = wants;
  }

  /** This member begins to want something. */
  void begin(long now) {
    begunNanos = now;
    gotBytes = 0;
    gotChunks = 0;
    limit = 0;
    lookNanos = now + FIRST_LOOK_NANOS;
  }

  void got(long bytes) {
    gotBytes += bytes;
    gotChunks++;
  }

  /** Whether this member is slow, and not for want of chunks that it could ask for. */
  boolean selfSlow(long now) {
    return wants.anyReady() && own(now) < limit(now);
  }

  /** False for one of which too little is known. */
  boolean slow(int rank, long now) {
    OptionalDouble rate = members.view(rank).rate(now);
    return rate.isPresent() && rate.getAsDouble() < limit(now);
  }

  /** Whether one of {@code among} that this member follows is known not to be slow. */
  boolean anyQuick(IntPredicate among, long now) {
    double least = limit(now);
    return members.neighbours().stream()
        .filter(among::test)
        .map(rank -> members.view(rank).rate(now))
        .flatMapToDouble(OptionalDouble::stream)
        .anyMatch(rate -> rate >= least);
  }

  private boolean telling(double middle, long now) {
    return gotChunks > 0 && middle * (now - begunNanos) * gotChunks >= (double) ENOUGH * gotBytes;
  }

  private double own(long now) {
    return (double) gotBytes / Math.max(1, now - begunNanos);
  }

  private double limit(long now) {
    if (now >= lookNanos) {
      lookNanos = now + LOOK_NANOS;
      double[] rates = rates(now);
      double middle = rates[rates.length / 2];
      limit = telling(middle, now) ? SLOW * middle : 0;
    }
    return limit;
  }

  /** Ascending; this member's own is among them. */
  private double[] rates(long now) {
    return DoubleStream.concat(
            DoubleStream.of(own(now)),
            members.neighbours().stream()
                .map(rank -> members.view(rank).rate(now))
                .flatMapToDouble(OptionalDouble::stream))
        .sorted()
        .toArray();
  }
}
