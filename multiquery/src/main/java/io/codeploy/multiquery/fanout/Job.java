package io.codeploy.multiquery.fanout;

/** The work on each of many items, and what its results mean for the run. */
public interface Job<I, O> {
  /**
   * Does the work on one item; blocking, and ended early by interruption alone. Anything thrown but
   * {@link InterruptedException} is a bug and fails the run.
   */
  O run(I item, Turn turn) throws InterruptedException;

  /** The result of an item that was not launched, or that threw at an interruption. */
  O skipped(I item, Stop why);

  /** What {@code result} means for the run. */
  default Verdict verdict(O result) {
    return Verdict.WELL;
  }

  /** The barrier opened early; called by the thread that runs the map. */
  default void opened(Opening opening) {}
}
