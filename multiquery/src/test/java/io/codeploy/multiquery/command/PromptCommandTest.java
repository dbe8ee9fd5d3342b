package io.codeploy.multiquery.command;

import static io.codeploy.multiquery.testing.ScriptedConnector.refuses;
import static io.codeploy.multiquery.testing.ScriptedConnector.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.prompt.Keyboard;
import io.codeploy.multiquery.prompt.ScriptedKeyboard;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of the prompt sees. */
class PromptCommandTest {
  @TempDir Path home;

  private final ManualTime time = new ManualTime();
  private final ScriptedConnector connector = new ScriptedConnector();
  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void openATerminal() throws Exception {
    terminal = new Terminal(home).exportNodes("n1", "n2", "n1").export("MQ_ORDER", "1");
    connector.with("n1", says("same\n", "", 0)).with("n2", says("same\n", "", 0));
  }

  private int prompt(Keyboard keyboard, String... arguments) {
    return terminal.prompt((ssh, first) -> connector, time, keyboard, arguments).status();
  }

  private List<String> asked(String what) {
    return connector.calls().stream()
        .filter(call -> call.what().equals(what))
        .map(ScriptedConnector.Call::node)
        .toList();
  }

  @Test
  void gathersAnswersAndConnectsOnce() {
    ScriptedKeyboard keyboard = new ScriptedKeyboard("uname", "uname -r");

    assertEquals(0, prompt(keyboard));

    String block = "---------------\nn[1-2] (2)\n---------------\nsame\n";
    assertEquals(block + block, terminal.out());
    assertEquals("", terminal.err());
    assertEquals(2, asked("connect").size());
    assertEquals(List.of("codeploy[2]> ", "codeploy[2]> ", "codeploy[2]> "), keyboard.prompts());
    assertEquals(0, connector.open());
    assertTrue(connector.isClosed());
    assertTrue(keyboard.isClosed());
  }

  @Test
  void tellsHowARunWentAndTriesNodesAgainThatCouldNotBeReached() {
    connector.with("n2", refuses(new NodeFailure.Unreachable("connection refused")));
    ScriptedKeyboard keyboard = new ScriptedKeyboard("x", "!unreachable y");

    assertEquals(0, prompt(keyboard));

    assertEquals(
        """
        n2: connection refused
        multiquery: 1 ok, 1 unreachable (n2), 0.0 s
        n2: connection refused
        multiquery: 0 ok, 1 unreachable (n2), 0.0 s
        """,
        terminal.err());
    assertEquals(List.of("n1", "n2", "n2"), asked("connect").stream().sorted().toList());
    assertEquals("codeploy[2] 4> ", keyboard.prompts().getLast());
  }

  @Test
  void connectsAnewWhenTold() {
    prompt(new ScriptedKeyboard("x", ":reconnect n2", "y"));

    assertEquals(List.of("n1", "n2", "n2"), asked("connect").stream().sorted().toList());
  }

  @Test
  void showsWhatTheOptionsAskForUntilToldOtherwise() {
    prompt(new ScriptedKeyboard("x", ":view classic", "x", ":view"), "--prefix");

    assertEquals(
        "n1: same\nn2: same\nn1: 5 bytes\nsame\n\nn2: 5 bytes\nsame\n\nclassic\n", terminal.out());
  }

  @Test
  void asksForAPasswordOnceAndBeforeTheFirstLine() {
    terminal.type("secret");
    ScriptedKeyboard keyboard = new ScriptedKeyboard("x", "y");

    prompt(keyboard, "--sudo");

    assertEquals(1, terminal.questions().size());
  }

  @Test
  void worksInAHomeThatCannotBeWrittenTo() {
    terminal.export("XDG_STATE_HOME", "/proc");

    assertEquals(0, prompt(new ScriptedKeyboard("x", ":quit")));

    assertTrue(terminal.err().contains("multiquery: lines are not kept: /proc/"), terminal.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-I", "-q"})
  void refusesOptionsThatAPromptHasNoUseFor(String option) {
    assertEquals(2, prompt(new ScriptedKeyboard("x"), option));

    assertTrue(terminal.err().startsWith("multiquery: " + option + " wants a command"));
    assertEquals(List.of(), connector.calls());
  }

  @Test
  void runsACommandThatIsGivenAsEver() {
    ScriptedKeyboard keyboard = new ScriptedKeyboard("y");

    assertEquals(0, prompt(keyboard, "-w", "n1", "x"));

    assertEquals("n1: 5 bytes\nsame\n\n", terminal.out());
    assertEquals(List.of(), keyboard.prompts());
  }

  @Test
  void goesOnWhenOutputsCannotBeWritten() {
    ScriptedKeyboard keyboard = new ScriptedKeyboard("x", "y");

    assertEquals(0, prompt(keyboard, "--outdir", home.resolve("nodes").toString()));

    assertEquals(3, keyboard.prompts().size());
    assertTrue(terminal.out().contains("nodes"), terminal.out());
  }

  @Test
  void stopsARunAtTheSecondCtrlCAndGoesOn() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    connector.with(
        "n2",
        (out, err, limit) -> {
          if (running.getCount() > 0) {
            running.countDown();
            new CountDownLatch(1).await();
          }
          return new ExitStatus.Exited(0);
        });
    ScriptedKeyboard keyboard = new ScriptedKeyboard(":view classic", "x", "@none z", "y");
    var prompt = Interruptible.start(() -> prompt(keyboard));
    running.await();

    keyboard.pressInterrupt();
    keyboard.pressInterrupt();

    assertEquals(0, prompt.end().value());
    // The other node may have ended by then or not.
    assertTrue(terminal.err().matches("(?s).*running [(]n(2|\\[1-2])[)].*"), terminal.err());
    assertEquals("codeploy[2] 130> ", keyboard.prompts().get(2));
    assertEquals("codeploy[2]> ", keyboard.prompts().getLast());
  }

  @Test
  void endsWithTheRunWhenTheProcessIsToEnd() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    connector.with(
        "n2",
        (out, err, limit) -> {
          running.countDown();
          new CountDownLatch(1).await();
          return new ExitStatus.Exited(0);
        });
    ScriptedKeyboard keyboard = new ScriptedKeyboard("x", "y");
    var prompt = Interruptible.start(() -> prompt(keyboard));
    running.await();

    prompt.interrupt();

    assertEquals(130, prompt.end().value());
    assertEquals(List.of("codeploy[2]> "), keyboard.prompts());
    assertTrue(terminal.err().contains("1 not done (n2)"), terminal.err());
    assertTrue(connector.isClosed());
  }
}
