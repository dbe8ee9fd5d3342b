package io.codeploy.multiquery.command;

import static io.codeploy.multiquery.testing.ScriptedConnector.refuses;
import static io.codeploy.multiquery.testing.ScriptedConnector.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.Poll;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that do not wait for everybody, as their user sees them. */
class BarrierRunTest {
  @TempDir Path home;

  private final ScriptedConnector connector = new ScriptedConnector();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void twoThatAnswerWhenTheThirdHangs() throws IOException {
    terminal = new Terminal(home).exportNodes("n1", "n2", "n3");
    connector.with("n1", whenItHangs(0)).with("n2", whenItHangs(0)).with("n3", this::hang);
  }

  private ExitStatus hang(OutputStream out, OutputStream err, Duration limit)
      throws InterruptedException {
    hanging.countDown();
    new CountDownLatch(1).await();
    return new ExitStatus.Exited(0);
  }

  private ScriptedConnector.Script whenItHangs(int code) {
    return (out, err, limit) -> {
      hanging.await();
      return says("fine\n", "", code).execute(out, err, limit);
    };
  }

  private int type(String... arguments) {
    return type(new ManualTime(), arguments);
  }

  private int type(ManualTime time, String... arguments) {
    return terminal.multiquery((login, first) -> connector, time, arguments).status();
  }

  @Test
  void aQuorumIsASuccessAndTellsWhoWasCut() {
    assertEquals(0, type("--quorum=2", "uname"));

    assertTrue(terminal.out().contains("n3: timed out ssh\n\n"), terminal::out);
    assertTrue(
        terminal.err().contains("multiquery: 2 of 3 are done after 0.0 s; stragglers: n3\n"),
        terminal::err);
    assertTrue(
        terminal.err().contains("multiquery: 2 ok, 1 cut as stragglers (n3), 0.0 s\n"),
        terminal::err);
    assertEquals(0, connector.open());
  }

  @Test
  void aQuorumForgivesWhoeverIsMissingButNoCommandThatFailed() {
    connector.with("n2", whenItHangs(7));
    assertEquals(5, type("--quorum=2", "false"));
  }

  @Test
  void whetherAMissingNodeHangsOrRefusesMakesNoDifference() {
    hanging.countDown();
    connector.with("n3", refuses(new NodeFailure.Unreachable("refused")));
    assertEquals(0, type("--quorum=2", "uname"));
    assertEquals(4, type("--quorum=3", "uname"));
  }

  @Test
  void theDeadlineOfTheRunIsATimeOut() {
    ManualTime time =
        new ManualTime(
            () ->
                Poll.until(
                    "only n3 is under way",
                    () -> connector.calls().size() == 6 && connector.open() == 1));

    assertEquals(3, type(time, "--deadline=60", "--timeout=0", "uname"));

    assertTrue(terminal.err().contains("n3: timed out after 60.0 s (run)\n"), terminal::err);
    assertTrue(terminal.out().contains("n1: 5 bytes\nfine\n\n"), terminal::out);
  }

  @Test
  void aHaltedRunHasTheStatusOfWhatHaltedIt() {
    connector.with("n1", whenItHangs(7));
    connector.with("n2", this::hang);
    assertEquals(5, type("--fail-fast", "false"));
    assertTrue(terminal.err().contains("2 stopped by the halt (n[2-3])"), terminal::err);
  }

  @ParameterizedTest
  @CsvSource({"--fail-fast,7,halted", "--quorum=1,0,not needed"})
  void jsonTellsWhyANodeHadNoTurn(String option, int code, String reason) {
    connector.with("n1", ScriptedConnector.says("", "", code));

    type(option, "--maxload=1", "--json", "uname");

    List<String> lines = terminal.out().lines().toList();
    assertEquals(4, lines.size(), terminal::out);
    for (int rank = 1; rank < 3; rank++) {
      assertEquals(
          "{\"event\":\"nodeEnded\",\"version\":1,\"node\":\"n%d\",\"rank\":%d,"
                  .formatted(rank + 1, rank)
              + "\"outcome\":\"notRun\",\"reason\":\""
              + reason
              + "\"}",
          lines.get(rank));
    }
    assertTrue(lines.getLast().contains("\"notRun\":2"), terminal::out);
  }

  @Test
  void jsonTellsANodeThatHadNoTurnBeforeTheDeadlineAsTheSummaryDoes() {
    connector.with("n1", this::hang);
    ManualTime time =
        new ManualTime(() -> Poll.until("n1 is under way", () -> connector.open() == 1));

    assertEquals(3, type(time, "--deadline=60", "--timeout=0", "--maxload=1", "--json", "uname"));

    assertTrue(terminal.err().contains("0 ok, 3 timed out (n[1-3])"), terminal::err);
    assertTrue(
        terminal
            .out()
            .contains(
                "\"node\":\"n3\",\"rank\":2,\"outcome\":\"failed\",\"cause\":\"timed out\","
                    + "\"message\":\"timed out after 60.0 s (run)\",\"phase\":\"run\"}\n"),
        terminal::out);
  }
}
