package io.codeploy.multiquery.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private final RunSummary summary = new RunSummary();

  private void count(String node, NodeOutcome<?> outcome) {
    summary.count(ScriptedConnector.node(node), outcome);
  }

  private void countFailed(String node, NodeFailure failure) {
    count(node, Answers.failed(failure));
  }

  @Test
  void countsNodesThatAreOk() {
    count("n1", Answers.exited(0));
    count("n2", Answers.exited(0));
    assertEquals("2 ok, 0.0 s", summary.line(Duration.ZERO));
    assertTrue(summary.allOk());
  }

  @Test
  void namesTheNodesOfEveryCause() {
    count("n10", Answers.exited(0));
    count("n02", Answers.timedOut("command"));
    count("n01", Answers.timedOut("connect"));
    countFailed("n03", new NodeFailure.Disconnected("gone"));
    countFailed("n04", new NodeFailure.AuthenticationRejected("no key"));
    countFailed("n05", new NodeFailure.HostKeyRejected("changed"));
    countFailed("n07", new NodeFailure.Unreachable("refused"));
    countFailed("web", new NodeFailure.Unreachable("refused"));
    countFailed("n08", new NodeFailure.RemoteFailure("no exec"));
    summary.count(ScriptedConnector.node("n09"), new ExitStatus.Exited(7));
    summary.count(ScriptedConnector.node("n12"), new ExitStatus.Signalled("KILL"));
    summary.count(ScriptedConnector.node("n13"), new ExitStatus.Exited(0));
    count("n11", new NodeOutcome.NotRun<>());

    assertEquals(
        "2 ok, 2 unreachable (n07,web), 1 host key rejected (n05), 1 not authenticated (n04),"
            + " 2 timed out (n[01-02]), 1 connection lost (n03), 1 failed remotely (n08),"
            + " 1 exit status 7 (n09), 1 killed by SIGKILL (n12),"
            + " 1 not done (n11), 4.2 s",
        summary.line(Duration.ofMillis(4249)));
    assertFalse(summary.allOk());
  }

  @Test
  void tellsWhyNodesWereLeftOut() {
    count("n1", new NodeOutcome.NotRun<>(NodeOutcome.NotRun.Reason.NOT_NEEDED));
    count("n2", new NodeOutcome.NotRun<>(NodeOutcome.NotRun.Reason.HALTED));
    count("n3", new NodeOutcome.NotRun<>(NodeOutcome.NotRun.Reason.HALTED));
    assertEquals(
        "0 ok, 2 stopped by the halt (n[2-3]), 1 not needed (n1), 1.0 s",
        summary.line(Duration.ofSeconds(1)));
  }

  @Test
  void aStoppedRunIsNotOk() {
    count("n1", new NodeOutcome.NotRun<>());
    assertEquals("0 ok, 1 not done (n1), 61.0 s", summary.line(Duration.ofSeconds(61)));
    assertFalse(summary.allOk());
  }
}
