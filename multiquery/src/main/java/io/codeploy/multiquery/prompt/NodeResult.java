package io.codeploy.multiquery.prompt;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run made of a node.
 *
 * @param took from its launch to its end
 * @param said its stdout, where it was kept whole
 */
record NodeResult(Node node, NodeOutcome<ExitStatus> outcome, Duration took, Optional<Said> said) {
  /**
   * What equal outputs have in common, and hardly any others.
   *
   * @param complete whether the command ended by itself
   */
  record Said(boolean complete, long length, long checksum) {}

  NodeResult {
    Objects.requireNonNull(node, "node is null");
    Objects.requireNonNull(outcome, "outcome is null");
    Objects.requireNonNull(took, "took is null");
    Objects.requireNonNull(said, "said is null");
  }

  /** A node whose turn never came. */
  static NodeResult notRun(Node node) {
    return new NodeResult(node, new NodeOutcome.NotRun<>(), Duration.ZERO, Optional.empty());
  }

  /** How its command ended, if it did by itself. */
  Optional<ExitStatus> status() {
    return outcome instanceof NodeOutcome.Succeeded<ExitStatus> ended
        ? Optional.of(ended.value())
        : Optional.empty();
  }

  boolean ok() {
    return status().filter(ExitStatus::success).isPresent();
  }
}
