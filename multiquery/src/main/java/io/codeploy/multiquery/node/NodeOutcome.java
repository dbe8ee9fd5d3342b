package io.codeploy.multiquery.node;

import java.time.Duration;
import java.util.Objects;

/** What became of one node in a run. */
public sealed interface NodeOutcome<T> {
  /** The node did what it was asked to. */
  record Succeeded<T>(T value, Duration elapsed) implements NodeOutcome<T> {
    public Succeeded {
      Objects.requireNonNull(value, "value is null");
      Objects.requireNonNull(elapsed, "elapsed is null");
    }
  }

  /** The node could not be reached, or could not do it. */
  record Failed<T>(NodeFailure failure, Duration elapsed) implements NodeOutcome<T> {
    public Failed {
      Objects.requireNonNull(failure, "failure is null");
      Objects.requireNonNull(elapsed, "elapsed is null");
    }
  }

  /** The run was stopped before the node was done, or before its turn came. */
  record NotRun<T>(Reason reason) implements NodeOutcome<T> {
    public NotRun {
      Objects.requireNonNull(reason, "reason is null");
    }

    /** Somebody interrupted the run. */
    public NotRun() {
      this(Reason.INTERRUPTED);
    }

    /** Why the run was stopped. */
    public enum Reason {
      /** By the operator. */
      INTERRUPTED("interrupted"),
      /** Too many others had failed. */
      HALTED("halted"),
      /** Enough others had answered. */
      NOT_NEEDED("not needed");

      private final String word;

      Reason(String word) {
        this.word = word;
      }

      /** As the JSON of all commands has it. */
      public String word() {
        return word;
      }
    }
  }
}
