package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.plan.Plan;
import io.codeploy.multicopy.progress.Progress;
import java.util.Objects;
import java.util.Optional;

/**
 * What a copy for one node came to.
 *
 * @param files that it lacked and has now, or has in a stage
 * @param bytes of contents that were sent or fetched, also in vain
 * @param skipped files that it had already
 * @param plan what would be done, where nothing is to be done
 */
public record CopyTotals(long files, long bytes, long skipped, Optional<Plan> plan) {
  public static final CopyTotals NONE = new CopyTotals(0, 0, 0);

  public CopyTotals {
    Objects.requireNonNull(plan, "plan is null");
  }

  /** What something was done for. */
  public CopyTotals(long files, long bytes, long skipped) {
    this(files, bytes, skipped, Optional.empty());
  }

  /** As far as {@code progress} is. */
  public static CopyTotals of(Progress progress) {
    return new CopyTotals(
        progress.done().files(), progress.sentBytes(), progress.skipped().files());
  }

  /** These with {@code plan}. */
  CopyTotals with(Optional<Plan> newPlan) {
    return new CopyTotals(files, bytes, skipped, newPlan);
  }

  /** Both together, without plans. */
  public CopyTotals plus(CopyTotals other) {
    return new CopyTotals(files + other.files, bytes + other.bytes, skipped + other.skipped);
  }
}
