package io.codeploy.chunkcache.swarm.policy;

import io.codeploy.chunkcache.member.Rendezvous;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Which transfers between members take much longer than others, many of which have come meanwhile.
 * Those from this site are measured by each other, and so are those from other sites, since a thin
 * link is nobody's fault.
 */
final class Lateness {
  private static final double WEIGHT_OF_NEWEST = 0.1;
  private static final int TIMES = 4;
  private static final long LEAST_NANOS = Duration.ofSeconds(5).toNanos();

  /** So many must have come meanwhile: what was under way already is no more than that. */
  private static final int MEANWHILE = PolicyLimits.DEFAULT.total();

  /** Where fewer have come, or nothing that it could be compared with. */
  private static final long UNKNOWN_NANOS = Duration.ofSeconds(30).toNanos();

  /** A request takes about as long as so many bytes. */
  private static final long REQUEST_BYTES = 64 << 10;

  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

  /** Where nobody has looked for so long, this process has stood still, not its sources. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private record Begun(long nanos, long got) {
    Begun later(long by) {
      return new Begun(nanos + by, got);
    }
  }

  private final Rendezvous near;
  private final IntToLongFunction lengths;

  /** By transfers that are not late yet. */
  private final Map<Step.FromPeer, Begun> begun = new LinkedHashMap<>();

  private long got;

  private double nearNanosPerByte;
  private double farNanosPerByte;
  private long lookedNanos = Long.MIN_VALUE;

  /** {@code lengths} are those of chunks as they travel; {@code near} are those in this site. */
  Lateness(Rendezvous near, IntToLongFunction lengths) {
    this.near = near;
    this.lengths = lengths;
  }

  /** {@code waitNanos} is for how long the source may wait before it sends. */
  void begin(Step.FromPeer step, long waitNanos, long now) {
    if (begun.isEmpty()) {
      lookedNanos = now;
    }
    begun.put(step, new Begun(now + waitNanos, got));
  }

  void end(Step.FromPeer step, Outcome outcome) {
    begun.remove(step);
    if (outcome instanceof Outcome.Got come) {
      got++;
      measured(step.rank(), (double) come.nanos() / (come.bytes() + REQUEST_BYTES));
    }
  }

  private void measured(int rank, double newest) {
    if (near.contains(rank)) {
      nearNanosPerByte = mean(nearNanosPerByte, newest);
    } else {
      farNanosPerByte = mean(farNanosPerByte, newest);
    }
  }

  /** One that crawls is not to hide those that come after it. */
  private static double mean(double old, double newest) {
    return old == 0 ? newest : old + WEIGHT_OF_NEWEST * (Math.min(newest, TIMES * old) - old);
  }

  /** Those that have become late; each is told once. To be called ten times a second. */
  List<Step.FromPeer> next(long now) {
    List<Step.FromPeer> late = new ArrayList<>();
    if (!begun.isEmpty() && now - lookedNanos >= LOOK_NANOS) {
      long pause = now - lookedNanos;
      lookedNanos = now;
      if (pause >= PAUSE_NANOS) {
        begun.replaceAll((step, at) -> at.later(pause));
      }
      begun.forEach(
          (step, at) -> {
            if (late(step, at, now)) {
              late.add(step);
            }
          });
      late.forEach(begun::remove);
    }
    return late;
  }

  private boolean late(Step.FromPeer step, Begun at, long now) {
    double perByte = near.contains(step.rank()) ? nearNanosPerByte : farNanosPerByte;
    double usual = perByte * (lengths.applyAsLong(step.chunk()) + REQUEST_BYTES);
    boolean known = perByte > 0 && got - at.got() >= MEANWHILE;
    long least = known ? LEAST_NANOS : UNKNOWN_NANOS;
    return now - at.nanos() >= Math.max(least, (long) (TIMES * usual));
  }
}
