package io.codeploy.multiquery.barrier;

import java.util.Objects;

/**
 * When a run is given up.
 *
 * @param failures as many that failed, of all nodes of the run
 */
public record Halt(Share failures, Pending pending) {
  /** What becomes of nodes that are under way then. */
  public enum Pending {
    /** They come to their end. */
    FINISH,
    /** They are ended. */
    END
  }

  public Halt {
    Objects.requireNonNull(failures, "failures is null");
    Objects.requireNonNull(pending, "pending is null");
  }

  /** Whether {@code failed} of {@code nodes} are enough. */
  public boolean reached(int failed, int nodes) {
    return failed >= failures.of(nodes);
  }
}
