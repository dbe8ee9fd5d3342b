package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.NotRun.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  private static final NodeOutcome<String> OK = new NodeOutcome.Succeeded<>("value", Duration.ZERO);
  private static final NodeOutcome<String> TIMED_OUT =
      failed(new NodeFailure.TimedOut("command", Duration.ZERO));
  private static final NodeOutcome<String> UNREACHABLE = failed(new NodeFailure.Unreachable(""));
  private static final NodeOutcome<String> REMOTE = failed(new NodeFailure.RemoteFailure(""));
  private static final NodeOutcome<String> NOT_RUN = new NodeOutcome.NotRun<>();

  private static NodeOutcome<String> failed(NodeFailure failure) {
    return new NodeOutcome.Failed<>(failure, Duration.ZERO);
  }

  private static int status(List<NodeOutcome<String>> outcomes) {
    return ExitCode.of(outcomes.stream()).status();
  }

  @Test
  void everyOutcomeHasItsStatus() {
    assertEquals(0, ExitCode.of(OK).status());
    assertEquals(3, ExitCode.of(TIMED_OUT).status());
    assertEquals(4, ExitCode.of(UNREACHABLE).status());
    assertEquals(4, ExitCode.of(failed(new NodeFailure.HostKeyRejected(""))).status());
    assertEquals(4, ExitCode.of(failed(new NodeFailure.AuthenticationRejected(""))).status());
    assertEquals(5, ExitCode.of(failed(new NodeFailure.Disconnected(""))).status());
    assertEquals(5, ExitCode.of(REMOTE).status());
    assertEquals(130, ExitCode.of(NOT_RUN).status());
  }

  @Test
  void whatMayBeTriedAgainOrWasCutHasTheStatusOfItsKind() {
    assertEquals(4, ExitCode.of(failed(new NodeFailure.TurnedAway(""))).status());
    assertEquals(3, ExitCode.of(failed(new NodeFailure.Straggler(Duration.ZERO))).status());
    assertEquals(3, ExitCode.of(failed(new NodeFailure.LeftBehind(Duration.ZERO, ""))).status());
  }

  @Test
  void aNodeThatTheRunDidWithoutHasNoStatusOfItsOwn() {
    assertEquals(0, ExitCode.of(new NodeOutcome.NotRun<>(Reason.HALTED)).status());
    assertEquals(0, ExitCode.of(new NodeOutcome.NotRun<>(Reason.NOT_NEEDED)).status());
    assertEquals(130, ExitCode.of(new NodeOutcome.NotRun<>(Reason.INTERRUPTED)).status());
  }

  @Test
  void theHighestOfAllWins() {
    assertEquals(0, status(List.of()));
    assertEquals(0, status(List.of(OK, OK)));
    assertEquals(3, status(List.of(OK, TIMED_OUT, OK)));
    assertEquals(4, status(List.of(UNREACHABLE, TIMED_OUT)));
    assertEquals(5, status(List.of(TIMED_OUT, REMOTE, UNREACHABLE)));
    assertEquals(130, status(List.of(NOT_RUN, REMOTE, OK)));
  }

  @Test
  void orTakesTheHigherOnEitherSide() {
    assertEquals(ExitCode.REMOTE, ExitCode.REMOTE.or(ExitCode.OK));
    assertEquals(ExitCode.REMOTE, ExitCode.OK.or(ExitCode.REMOTE));
    assertEquals(ExitCode.INTERRUPTED, ExitCode.REMOTE.or(ExitCode.INTERRUPTED));
  }

  @Test
  void theTableListsAllOfThem() {
    assertEquals(
        List.of("0", "1", "2", "3", "4", "5", "130"),
        ExitCode.table().stream().map(line -> line.strip().split(" ", 2)[0]).toList());
  }
}
