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

  /** The run was stopped before the node was done. */
  record NotRun<T>() implements NodeOutcome<T> {}
}
