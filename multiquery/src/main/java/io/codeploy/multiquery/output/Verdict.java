package io.codeploy.multiquery.output;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.Optional;

/** What went wrong on a node, in words. */
final class Verdict {
  private Verdict() {}

  /** Nothing for a node that is well, or that the run was stopped before. */
  static Optional<String> of(NodeOutcome<ExitStatus> outcome) {
    return switch (outcome) {
      case NodeOutcome.Succeeded<ExitStatus> ended -> of(ended.value());
      case NodeOutcome.Failed<ExitStatus> failed -> Optional.of(failed.failure().message());
      case NodeOutcome.NotRun<ExitStatus> stopped -> Optional.empty();
    };
  }

  /** Nothing for a command that exited with 0. */
  static Optional<String> of(ExitStatus status) {
    if (status.success()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (status) {
          case ExitStatus.Exited exited -> "exit status " + exited.code();
          case ExitStatus.Signalled signalled -> "killed by SIG" + signalled.name();
        });
  }
}
