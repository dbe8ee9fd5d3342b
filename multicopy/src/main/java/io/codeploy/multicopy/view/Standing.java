package io.codeploy.multicopy.view;

import io.codeploy.multicopy.progress.Amount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run stands at some moment.
 *
 * @param nodes of the run
 * @param done nodes that have their copy
 * @param failed nodes that will not have it
 * @param copied of what nodes lacked, but for those that failed
 * @param total what there is to copy to them all, as far as it is known
 * @param estimated whether some of them have not told what they lack: they count as the others do
 * @param sentBytes that went over the wire so far, to whom ever
 * @param running nodes under way
 */
record Standing(
    int nodes,
    int done,
    int failed,
    Amount copied,
    Amount total,
    boolean estimated,
    long sentBytes,
    List<Copying> running) {
  /**
   * A node under way.
   *
   * @param lacking what it lacked, once that is known
   */
  record Copying(String name, Amount copied, Optional<Amount> lacking) {
    Copying {
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(copied, "copied is null");
      Objects.requireNonNull(lacking, "lacking is null");
    }

    /** How much of it is there, from 0 to 1; nothing as long as nothing is known. */
    double share() {
      if (lacking.isEmpty()) {
        return 0;
      }
      return lacking.get().bytes() == 0
          ? 1
          : Math.min(1, (double) copied.bytes() / lacking.get().bytes());
    }
  }

  Standing {
    Objects.requireNonNull(copied, "copied is null");
    Objects.requireNonNull(total, "total is null");
    running = List.copyOf(running);
  }
}
