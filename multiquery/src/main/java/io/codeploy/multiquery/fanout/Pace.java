package io.codeploy.multiquery.fanout;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.Halt;
import io.codeploy.multiquery.barrier.Release;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The pace of a run over many items.
 *
 * @param release how many of them are under way at once
 * @param throttle how many of those are at work at once, the others waiting before it; empty for
 *     all
 * @param spacing between two launches
 * @param halt when it is given up
 * @param barrier when it need not wait for the rest
 * @param deadline for the whole run; zero for none
 */
public record Pace(
    Release release,
    Optional<Release.Fixed> throttle,
    Spacing spacing,
    Optional<Halt> halt,
    BarrierRule barrier,
    Duration deadline) {
  public Pace {
    Objects.requireNonNull(release, "release is null");
    Objects.requireNonNull(throttle, "throttle is null");
    Objects.requireNonNull(spacing, "spacing is null");
    Objects.requireNonNull(halt, "halt is null");
    Objects.requireNonNull(barrier, "barrier is null");
    Objects.requireNonNull(deadline, "deadline is null");
  }

  /** A fixed window and nothing else. */
  public static Pace window(int window) {
    return of(new Release.Fixed(window, window), Spacing.NONE);
  }

  /** Every item has its turn, and all the time it takes. */
  public static Pace of(Release release, Spacing spacing) {
    return new Pace(
        release, Optional.empty(), spacing, Optional.empty(), BarrierRule.forAll(), Duration.ZERO);
  }

  /** How many items are launched before any time has passed, if there are so many. */
  public int atOnce() {
    return spacing.isNone() ? release.start() : 1;
  }

  /** The same with no more than {@code bound} at once. */
  public Pace boundedBy(int bound) {
    return new Pace(
        release.boundedBy(bound),
        throttle.map(fixed -> fixed.boundedBy(bound)),
        spacing,
        halt,
        barrier,
        deadline);
  }
}
