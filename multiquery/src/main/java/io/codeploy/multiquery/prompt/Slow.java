package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.barrier.Knee;
import io.codeploy.multiquery.barrier.KneeRule;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Who answered late, as seen when all have answered. */
final class Slow {
  private static final KneeRule RULE = KneeRule.usual();

  private Slow() {}

  /**
   * Those past the knee of all answers, or later than twice their median and {@link
   * KneeRule#leastGap} after it; nodes that were cut as stragglers too.
   */
  static List<NodeResult> of(List<NodeResult> results) {
    List<Duration> times =
        results.stream()
            .filter(r -> r.status().isPresent())
            .map(NodeResult::took)
            .sorted()
            .toList();
    long bound = Math.min(knee(times), late(times));
    return results.stream()
        .filter(r -> isCut(r) || (r.status().isPresent() && r.took().toNanos() > bound))
        .toList();
  }

  private static boolean isCut(NodeResult result) {
    return result.outcome() instanceof NodeOutcome.Failed<?> failed
        && (failed.failure() instanceof NodeFailure.Straggler
            || failed.failure() instanceof NodeFailure.LeftBehind);
  }

  /** The first threshold that an answer came after; what follows it has been waited for in vain. */
  private static long knee(List<Duration> times) {
    Knee knee = new Knee(RULE);
    for (Duration time : times) {
      OptionalLong threshold = knee.thresholdNanos();
      if (threshold.isPresent() && time.toNanos() > threshold.getAsLong()) {
        return threshold.getAsLong();
      }
      knee.arrived(time.toNanos());
    }
    return Long.MAX_VALUE;
  }

  /** The median of two is the earlier one, so that the other can be late. */
  private static long late(List<Duration> times) {
    if (times.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long median = times.get((times.size() - 1) / 2).toNanos();
    return Math.max(2 * median, median + RULE.leastGap().toNanos());
  }
}
