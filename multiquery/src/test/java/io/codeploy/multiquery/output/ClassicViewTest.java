package io.codeploy.multiquery.output;

import static io.codeploy.multiquery.output.Answers.answer;
import static io.codeploy.multiquery.output.Answers.exited;
import static io.codeploy.multiquery.output.Answers.failed;
import static io.codeploy.multiquery.output.Answers.timedOut;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts parse this output since 2004; every byte of it counts. */
class ClassicViewTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ClassicView view =
      new ClassicView(new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));

  private void show(String stdout, String stderr, NodeOutcome<ExitStatus> outcome)
      throws IOException {
    view.answered(answer(0, "n1", stdout.getBytes(UTF_8), stderr, outcome));
  }

  private void assertShown(String stdout, String stderr) {
    assertEquals(stdout, out.toString(UTF_8));
    assertEquals(stderr, err.toString(UTF_8));
  }

  @Test
  void framesBytesWithALastNewline() throws IOException {
    show("Linux\n", "", exited(0));
    assertShown("n1: 6 bytes\nLinux\n\n", "");
  }

  @Test
  void framesBytesWithoutALastNewline() throws IOException {
    show("Linux", "", exited(0));
    assertShown("n1: 5 bytes\nLinux\n", "");
  }

  @Test
  void framesNothing() throws IOException {
    show("", "", exited(0));
    assertShown("n1: 0 bytes\n\n", "");
  }

  @Test
  void countsBytesNotCharacters() throws IOException {
    show("Zürich\n", "", exited(0));
    assertShown("n1: 8 bytes\nZürich\n\n", "");
  }

  @Test
  void framesBinaryBytesAsTheyAre() throws IOException {
    byte[] binary = {0, (byte) 0xff, '\r', '\n', (byte) 0xc3, 0x1b, 0};

    view.answered(answer(0, "n1", binary, "", exited(0)));

    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.write("n1: 7 bytes\n".getBytes(UTF_8));
    expected.write(binary);
    expected.write('\n');
    assertArrayEquals(expected.toByteArray(), out.toByteArray());
  }

  @Test
  void framesOneNodeAfterTheOther() throws IOException {
    show("a\n", "", exited(0));
    show("b", "", exited(0));
    assertShown("n1: 2 bytes\na\n\nn1: 1 bytes\nb\n", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"command", "progress"})
  void tellsATimeOutOfTheCommandAndSavesWhatCame(String phase) throws IOException {
    show("part\n", "warning\n", timedOut(phase));
    assertShown(
        "n1: timed out ssh\n\n", "warning\npart\nn1: timed out after 2.5 s (" + phase + ")\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "authenticate"})
  void tellsATimeOutOfTheConnection(String phase) throws IOException {
    show("", "", timedOut(phase));
    assertShown("n1: timed out probe\n\n", "n1: timed out after 2.5 s (" + phase + ")\n");
  }

  @Test
  void passesStderrOn() throws IOException {
    show("out\n", "err\n", exited(0));
    assertShown("n1: 4 bytes\nout\n\n", "err\n");
  }

  @Test
  void endsTheLinesOfStderrSoThatTheNextBeginsOne() throws IOException {
    show("half a line", "warning", timedOut("command"));
    assertShown(
        "n1: timed out ssh\n\n", "warning\nhalf a line\nn1: timed out after 2.5 s (command)\n");
  }

  @Test
  void tellsTheExitStatusOfACommandThatFailed() throws IOException {
    show("so far\n", "oops\n", exited(7));
    assertShown("n1: 7 bytes\nso far\n\n", "oops\nn1: exit status 7\n");
  }

  @Test
  void tellsTheSignalThatKilledACommand() throws IOException {
    show(
        "",
        "",
        new NodeOutcome.Succeeded<>(new ExitStatus.Signalled("KILL"), Duration.ofSeconds(1)));
    assertShown("n1: 0 bytes\n\n", "n1: killed by SIGKILL\n");
  }

  /** Anybody who answers at the port may say something, before his key is looked at. */
  @Test
  void letsNoServerReprogramTheTerminal() throws IOException {
    show("", "", failed(new NodeFailure.TurnedAway("it said: \u001b]0;owned\u0007\u009b2J go")));
    assertShown("n1: 0 bytes\n\n", "n1: it said: ?]0;owned??2J go\n");
  }

  @Test
  void tellsWhyANodeFailed() throws IOException {
    show("", "", failed(new NodeFailure.Unreachable("n1:22: connection refused")));
    assertShown("n1: 0 bytes\n\n", "n1: n1:22: connection refused\n");
  }

  @Test
  void showsWhatCameBeforeAConnectionWasLost() throws IOException {
    show("part\n", "", failed(new NodeFailure.Disconnected("connection lost")));
    assertShown("n1: 5 bytes\npart\n\n", "n1: connection lost\n");
  }

  @Test
  void showsWhatCameBeforeAnInterruption() throws IOException {
    show("part\n", "err\n", new NodeOutcome.NotRun<>());
    assertShown("n1: 5 bytes\npart\n\n", "err\n");
  }
}
