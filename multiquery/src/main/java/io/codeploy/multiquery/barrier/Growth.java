package io.codeploy.multiquery.barrier;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Whether a larger window gets more done in the same time, as it is being doubled: where the
 * machine or the link is busy already, each completion takes longer by as much. What is counted is
 * what was completed in a time, since times of single completions tell of the quick ones first.
 * Nodes that are slow by themselves look the same, so that a verdict is one for a while.
 */
final class Growth {
  /** Of what more at work could get done more, so much is to be seen. */
  private static final double SHARE = 0.4;

  /** So many more are to have been at work for a verdict: what failed or was held back is not. */
  private static final double MORE = 1.2;

  /** What was completed while the window doubled. */
  private record Rung(int completions, double workedNanos, long nanos) {
    double rate() {
      return completions / (double) nanos;
    }

    /** How many were at work on average, of those who completed (Little's law). */
    double atWork() {
      return workedNanos / nanos;
    }
  }

  private Optional<Rung> before = Optional.empty();

  /** The smallest window of the rung that is under way. */
  private int low;

  private OptionalLong beganNanos = OptionalLong.empty();
  private int completions;
  private double workedNanos;

  /** The window is {@code low} from the first launch on. */
  Growth(int low) {
    this.low = low;
  }

  /** Forgets all; the window is {@code low} from now on. */
  void restart(int low, long nowNanos) {
    before = Optional.empty();
    begin(low, nowNanos);
  }

  private void begin(int low, long nowNanos) {
    this.low = low;
    beganNanos = OptionalLong.of(nowNanos);
    completions = 0;
    workedNanos = 0;
  }

  /**
   * Takes a completion under a window of {@code size}. Once that has doubled: the window that was
   * enough, if growth from there got too little more done.
   */
  OptionalInt enough(int size, long launchedNanos, long nowNanos) {
    completions++;
    workedNanos += nowNanos - launchedNanos;
    if (size < 2 * low) {
      beganNanos = OptionalLong.of(beganNanos.orElse(launchedNanos));
      return OptionalInt.empty();
    }
    long nanos = Math.max(1, nowNanos - beganNanos.orElse(launchedNanos));
    Rung now = new Rung(completions, workedNanos, nanos);
    boolean vain = before.isPresent() && !pays(before.get(), now);
    OptionalInt enough = vain ? OptionalInt.of(Math.max(1, low / 2)) : OptionalInt.empty();
    before = Optional.of(now);
    begin(size, nowNanos);
    return enough;
  }

  private static boolean pays(Rung small, Rung large) {
    double more = large.atWork() / small.atWork();
    return more < MORE || large.rate() / small.rate() - 1 >= SHARE * (more - 1);
  }
}
