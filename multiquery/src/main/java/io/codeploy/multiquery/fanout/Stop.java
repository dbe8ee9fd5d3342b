package io.codeploy.multiquery.fanout;

import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.Objects;

/** Why an item was not launched, or was interrupted. */
public sealed interface Stop {
  /** The calling thread was interrupted. */
  record Interrupted() implements Stop {}

  /** Too many others had failed. */
  record Halted() implements Stop {}

  /** The time for all of them was over. */
  record Expired(Duration deadline) implements Stop {
    public Expired {
      Objects.requireNonNull(deadline, "deadline is null");
    }
  }

  /** Enough others had arrived, {@code after} the run began. */
  record Opened(Duration after) implements Stop {
    public Opened {
      Objects.requireNonNull(after, "after is null");
    }
  }

  /** What becomes of a node that was under way for {@code elapsed}. */
  default <T> NodeOutcome<T> ended(Duration elapsed) {
    return switch (this) {
      case Interrupted interrupted -> new NodeOutcome.NotRun<>();
      case Halted halted -> new NodeOutcome.NotRun<>(NodeOutcome.NotRun.Reason.HALTED);
      case Expired expired ->
          new NodeOutcome.Failed<>(new NodeFailure.TimedOut("run", expired.deadline()), elapsed);
      case Opened opened ->
          new NodeOutcome.Failed<>(new NodeFailure.Straggler(opened.after()), elapsed);
    };
  }

  /** What becomes of a node that was never launched. */
  default <T> NodeOutcome<T> unlaunched() {
    return switch (this) {
      case Opened opened -> new NodeOutcome.NotRun<>(NodeOutcome.NotRun.Reason.NOT_NEEDED);
      case Interrupted interrupted -> ended(Duration.ZERO);
      case Halted halted -> ended(Duration.ZERO);
      case Expired expired -> ended(Duration.ZERO);
    };
  }
}
