package io.codeploy.multiquery.command;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The exit statuses of all commands; where several apply, the highest number wins. */
public enum ExitCode {
  OK(0, "all nodes are well"),
  INTERNAL(1, "internal error"),
  USAGE(2, "usage or configuration"),
  TIMED_OUT(3, "a node timed out"),
  UNREACHABLE(4, "a node could not be reached or authenticated"),
  REMOTE(5, "a node failed remotely"),
  INTERRUPTED(130, "interrupted");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** What the process exits with. */
  public int status() {
    return status;
  }

  /** The higher of the two. */
  public ExitCode or(ExitCode other) {
    return status >= other.status ? this : other;
  }

  /** The highest that applies to {@code outcomes}; {@link #OK} for none. */
  public static ExitCode of(Stream<? extends NodeOutcome<?>> outcomes) {
    return outcomes.map(ExitCode::of).reduce(OK, ExitCode::or);
  }

  /**
   * The same for a run with this barrier. Where a quorum was asked for and is there, nodes that did
   * not answer in time or could not be reached are not held against the run.
   */
  public static ExitCode of(List<? extends NodeOutcome<?>> outcomes, BarrierRule barrier) {
    long arrived = outcomes.stream().filter(NodeOutcome.Succeeded.class::isInstance).count();
    boolean enough =
        barrier.quorum().filter(quorum -> arrived >= quorum.of(outcomes.size())).isPresent();
    return outcomes.stream()
        .map(ExitCode::of)
        .filter(code -> !enough || (code != TIMED_OUT && code != UNREACHABLE))
        .reduce(OK, ExitCode::or);
  }

  /** What one outcome amounts to. */
  public static ExitCode of(NodeOutcome<?> outcome) {
    return switch (outcome) {
      case NodeOutcome.Succeeded<?> succeeded -> OK;
      case NodeOutcome.Failed<?> failed -> of(failed.failure());
      case NodeOutcome.NotRun<?> notRun -> of(notRun.reason());
    };
  }

  /** A halted run has the statuses of the failures that halted it. */
  private static ExitCode of(NodeOutcome.NotRun.Reason reason) {
    return switch (reason) {
      case INTERRUPTED -> INTERRUPTED;
      case HALTED, NOT_NEEDED -> OK;
    };
  }

  private static ExitCode of(NodeFailure failure) {
    return switch (failure) {
      case NodeFailure.TimedOut timedOut -> TIMED_OUT;
      case NodeFailure.Straggler straggler -> TIMED_OUT;
      case NodeFailure.TurnedAway turnedAway -> UNREACHABLE;
      case NodeFailure.Unreachable unreachable -> UNREACHABLE;
      case NodeFailure.HostKeyRejected rejected -> UNREACHABLE;
      case NodeFailure.AuthenticationRejected rejected -> UNREACHABLE;
      case NodeFailure.Disconnected disconnected -> REMOTE;
      case NodeFailure.RemoteFailure remote -> REMOTE;
    };
  }

  /** The table for the end of a usage text, a line each. */
  public static List<String> table() {
    return Arrays.stream(values()).map(c -> "  %3d  %s".formatted(c.status, c.meaning)).toList();
  }
}
