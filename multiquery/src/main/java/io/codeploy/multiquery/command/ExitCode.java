package io.codeploy.multiquery.command;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import java.util.List;
import java.util.stream.Stream;

/**
 * The exit status of a command; of those that the house knows the highest that applies.
 *
 * @param status what the process exits with
 */
public record ExitCode(int status) {
  public static final ExitCode OK = new ExitCode(0);
  public static final ExitCode INTERNAL = new ExitCode(1);
  public static final ExitCode USAGE = new ExitCode(2);
  public static final ExitCode TIMED_OUT = new ExitCode(3);
  public static final ExitCode UNREACHABLE = new ExitCode(4);
  public static final ExitCode REMOTE = new ExitCode(5);
  public static final ExitCode INTERRUPTED = new ExitCode(130);

  /** As of a process that SIGPIPE ended: nobody reads what it prints. */
  public static final ExitCode UNREAD = new ExitCode(141);

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
        .filter(code -> !enough || (!code.equals(TIMED_OUT) && !code.equals(UNREACHABLE)))
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
      case NodeFailure.LeftBehind left -> TIMED_OUT;
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
    return List.of(
        line(OK, "all nodes are well"),
        line(INTERNAL, "internal error"),
        line(USAGE, "usage or configuration"),
        line(TIMED_OUT, "a node timed out"),
        line(UNREACHABLE, "a node could not be reached or authenticated"),
        line(REMOTE, "a node failed remotely"),
        line(INTERRUPTED, "interrupted"));
  }

  private static String line(ExitCode code, String meaning) {
    return "  %3d  %s".formatted(code.status, meaning);
  }
}
