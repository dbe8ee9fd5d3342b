package io.codeploy.multiquery.fanout;

import java.util.function.Supplier;

/** An item's turn in a run. */
public final class Turn {
  private final Gate gate;
  private final Supplier<Stop> why;

  Turn(Gate gate, Supplier<Stop> why) {
    this.gate = gate;
    this.why = why;
  }

  /** Why the run was stopped; to be asked after an interruption. */
  public Stop why() {
    return why.get();
  }

  /**
   * Blocks, before the work that the run's throttle is for, until there is room for it. Closing
   * what is returned makes room for another.
   */
  public Pass enter() throws InterruptedException {
    return gate.enter();
  }
}
