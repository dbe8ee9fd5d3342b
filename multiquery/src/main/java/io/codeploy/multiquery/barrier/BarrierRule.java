package io.codeploy.multiquery.barrier;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When a barrier opens before all have arrived. With neither quorum nor knee it does not.
 *
 * @param quorum those that have to arrive; with a knee, before one counts
 * @param minWait it does not open earlier, from the beginning of the run
 * @param knee opens at a knee, if there is one after quorum and minWait
 * @param stragglers what becomes of those that are missing then
 */
public record BarrierRule(
    Optional<Share> quorum, Duration minWait, Optional<KneeRule> knee, Stragglers stragglers) {
  /** Stragglers are few: what comes before half of all has arrived is no knee. */
  private static final Share BEFORE_A_KNEE = new Share.Percent(50);

  /** What becomes of those that are missing when a barrier opens. */
  public enum Stragglers {
    /** They are told of and may come in late. */
    REPORT,
    /** They are ended. */
    CUT,
    /** They are not waited for and finish by themselves, as far as they can do without us. */
    LEAVE
  }

  public BarrierRule {
    Objects.requireNonNull(quorum, "quorum is null");
    Objects.requireNonNull(minWait, "minWait is null");
    Objects.requireNonNull(knee, "knee is null");
    Objects.requireNonNull(stragglers, "stragglers is null");
  }

  /** The classic barrier: opens when all have arrived. */
  public static BarrierRule forAll() {
    return new BarrierRule(Optional.empty(), Duration.ZERO, Optional.empty(), Stragglers.REPORT);
  }

  /**
   * The same for what goes before work that all do together, in which latecomers have no part: a
   * quorum alone does not open it, only who lags some seconds behind as well is not waited for.
   * Nobody can be left to finish, since nothing has begun.
   */
  public BarrierRule forEntry() {
    KneeRule lag = knee.orElse(KneeRule.usual()).patient();
    return new BarrierRule(
        quorum,
        minWait,
        early() ? Optional.of(quorum.isPresent() ? lag.guarded() : lag) : Optional.empty(),
        stragglers == Stragglers.LEAVE ? Stragglers.CUT : stragglers);
  }

  /** Whether it may open before all have arrived. */
  public boolean early() {
    return quorum.isPresent() || knee.isPresent();
  }

  /** How many of {@code nodes} have to arrive before it may open. */
  int needed(int nodes) {
    return early() ? quorum.orElse(BEFORE_A_KNEE).of(nodes) : nodes;
  }
}
