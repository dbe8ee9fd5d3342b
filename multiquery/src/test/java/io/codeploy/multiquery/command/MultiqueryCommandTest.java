package io.codeploy.multiquery.command;

import static io.codeploy.multiquery.testing.ScriptedConnector.fails;
import static io.codeploy.multiquery.testing.ScriptedConnector.refuses;
import static io.codeploy.multiquery.testing.ScriptedConnector.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.Poll;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees: text and exit status. */
class MultiqueryCommandTest {
  private static final NodeFailure REFUSED = new NodeFailure.Unreachable("connection refused");

  @TempDir Path home;

  private final ManualTime time = new ManualTime();
  private final ScriptedConnector connector = new ScriptedConnector();
  private final AtomicReference<Optional<String>> slice = new AtomicReference<>(Optional.empty());
  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void openATerminal() {
    terminal = new Terminal(home);
  }

  private int type(String... arguments) {
    return terminal
        .multiquery(
            (ssh, first) -> {
              slice.set(ssh.slice());
              return connector;
            },
            time,
            arguments)
        .status();
  }

  private void assertPrinted(String out, String err) {
    assertEquals(out, terminal.out());
    assertEquals(err, terminal.err());
  }

  @Test
  void printsNothingButAnswersWhenAllIsWell() throws IOException {
    terminal.exportNodes("n1", "n2").export("MQ_ORDER", "1").export("MQ_SLICE", "princeton");
    connector.with("n1", says("Linux\n", "", 0)).with("n2", says("", "", 0));

    assertEquals(0, type("uname"));

    assertPrinted("n1: 6 bytes\nLinux\n\nn2: 0 bytes\n\n", "");
    assertEquals(Optional.of("princeton"), slice.get());
    assertTrue(connector.isClosed());
  }

  @Test
  void tellsOfACommandThatFailed() throws IOException {
    terminal.exportNodes("n1");
    connector.with("n1", says("so far\n", "oops\n", 7));

    assertEquals(5, type("false"));

    assertPrinted(
        "n1: 7 bytes\nso far\n\n",
        "oops\nn1: exit status 7\nmultiquery: 0 ok, 1 exit status 7 (n1), 0.0 s\n");
  }

  @Test
  void tellsOfANodeThatCannotBeReached() throws IOException {
    terminal.exportNodes("n1");
    connector.with("n1", refuses(REFUSED));

    assertEquals(4, type("uname"));

    assertPrinted(
        "n1: 0 bytes\n\n", "n1: connection refused\nmultiquery: 0 ok, 1 unreachable (n1), 0.0 s\n");
  }

  @Test
  void tellsOfANodeThatTimedOut() throws IOException {
    terminal.exportNodes("n1").export("MQ_TIMEOUT", "2");
    connector.with(
        "n1",
        (out, err, limit) -> {
          time.advance(limit);
          return fails("part\n", new NodeFailure.TimedOut("command", limit))
              .execute(out, err, limit);
        });

    assertEquals(3, type("sleep 9"));

    assertPrinted(
        "n1: timed out ssh\n\n",
        "part\nn1: timed out after 2.0 s (command)\nmultiquery: 0 ok, 1 timed out (n1), 2.0 s\n");
  }

  @Test
  void tellsOfAllThatWentWrongAndExitsWithTheHighest() throws IOException {
    terminal.exportNodes("n1", "n2", "n3", "n4").export("MQ_ORDER", "1");
    connector
        .with("n1", refuses(new NodeFailure.TimedOut("connect", Duration.ofSeconds(30))))
        .with("n2", says("fine\n", "", 0))
        .with("n3", says("", "", 1))
        .with("n4", refuses(REFUSED));

    assertEquals(5, type("uname"));

    assertPrinted(
        "n1: timed out probe\n\nn2: 5 bytes\nfine\n\nn3: 0 bytes\n\nn4: 0 bytes\n\n",
        "n1: timed out after 30.0 s (connect)\nn3: exit status 1\nn4: connection refused\n"
            + "multiquery: 1 ok, 1 unreachable (n4), 1 timed out (n1), 1 exit status 1 (n3),"
            + " 0.0 s\n");
  }

  @Test
  void printsInTheOrderOfTheListWhenAsked() throws IOException {
    terminal.exportNodes("n1", "n2");
    answerLast("n1", () -> connector.open() == 1 && connector.calls().size() == 4);

    assertEquals(0, type("--order", "x"));

    assertPrinted("n1: 2 bytes\nn1\nn2: 2 bytes\nn2\n", "");
  }

  @Test
  void printsInTheOrderOfCompletionOtherwise() throws IOException {
    terminal.exportNodes("n1", "n2").export("MQ_ORDER", "0");
    answerLast("n1", () -> terminal.out().endsWith("n2\n"));

    assertEquals(0, type("x"));

    assertPrinted("n2: 2 bytes\nn2\nn1: 2 bytes\nn1\n", "");
  }

  private void answerLast(String last, Poll.Condition othersDone) {
    connector
        .with("n1", says("n1", "", 0))
        .with("n2", says("n2", "", 0))
        .with(
            last,
            (out, err, limit) -> {
              Poll.until("the others are done", othersDone);
              return says(last, "", 0).execute(out, err, limit);
            });
  }

  @Test
  void tellsWhatWasNotDoneWhenInterrupted() throws Exception {
    terminal.exportNodes("n1", "n2", "n3").export("MQ_MAXLOAD", "1").export("MQ_ORDER", "1");
    CountDownLatch running = new CountDownLatch(1);
    connector
        .with("n1", says("done\n", "", 0))
        .with(
            "n2",
            (out, err, limit) -> {
              running.countDown();
              new CountDownLatch(1).await();
              return new ExitStatus.Exited(0);
            })
        .with("n3", says("never\n", "", 0));
    var call = Interruptible.start(() -> type("sleep 9"));
    running.await();
    call.interrupt();

    assertEquals(130, call.end().value());
    assertPrinted(
        "n1: 5 bytes\ndone\n\nn2: 0 bytes\n\n", "multiquery: 1 ok, 2 not done (n[2-3]), 0.0 s\n");
  }

  @Test
  void wantsANodeList() {
    assertEquals(2, type("uname"));
    assertPrinted(
        "",
        """
        multiquery: no node list; set MQ_NODES or give --nodes, a file with one host a line
        usage: multiquery [OPTION]... COMMAND...
        """);
  }

  @Test
  void wantsANodeListThatExists() {
    terminal.export("MQ_NODES", "/nowhere/nodes");
    assertEquals(2, type("uname"));
    assertPrinted("", "multiquery: node list /nowhere/nodes does not exist\n");
  }

  @Test
  void wantsANodeListThatIsAFile() {
    terminal.export("MQ_NODES", home.toString());
    assertEquals(2, type("uname"));
    assertEquals(
        "multiquery: node list " + home + " cannot be read: Is a directory\n", terminal.err());
  }

  @Test
  void wantsANodeInTheList() throws IOException {
    terminal.exportNodes("# none", "");
    assertEquals(2, type("uname"));
    assertEquals(
        "multiquery: node list " + home.resolve("nodes") + " names no node; put one host a line\n",
        terminal.err());
  }

  @Test
  void wantsACommand() throws IOException {
    terminal.exportNodes("n1");
    String complaint =
        "multiquery: a command is wanted\nusage: multiquery [OPTION]... COMMAND...\n";
    assertEquals(2, type());
    assertPrinted("", complaint);
    assertEquals(2, type("  "));
    assertPrinted("", complaint + complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "--maxload 3, 3",
    "--maxload 300, 100",
    "--maxload auto, 8",
    "--delay 0.1, 1",
    "--jitter 1, 1",
    "--release 2, 4"
  })
  void hasThoseConnectedAheadThatAreLaunchedAtOnce(String options, int count) throws IOException {
    String[] names = IntStream.range(0, 100).mapToObj(i -> "n" + i).toArray(String[]::new);
    terminal.exportNodes(names);

    List<Node> ahead = new ArrayList<>();

    terminal.multiquery(
        (ssh, first) -> {
          ahead.addAll(first);
          throw new IOException("that is enough");
        },
        time,
        (options + " ls").split(" ", -1));

    assertEquals(List.of(names).subList(0, count), ahead.stream().map(Node::name).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bogus ls",
        "--maxload 0 ls",
        "--dry-run ls",
        "--prefix --json ls",
        "-w - -I ls"
      })
  void connectsToNobodyBeforeAllArgumentsAreGood(String line) throws IOException {
    terminal.exportNodes("n1");
    AtomicBoolean opened = new AtomicBoolean();

    terminal.multiquery(
        (ssh, first) -> {
          opened.set(true);
          return connector;
        },
        time,
        line.split(" ", -1));

    assertFalse(opened.get(), terminal::err);
  }

  @Test
  void refusesAnUnknownOption() throws IOException {
    terminal.exportNodes("n1");
    assertEquals(2, type("--bogus", "ls"));
    assertPrinted(
        "", "multiquery: Unknown option: '--bogus'\nusage: multiquery [OPTION]... COMMAND...\n");
  }

  @Test
  void saysWhyConnectingIsImpossible() throws IOException {
    terminal.exportNodes("n1");
    ConnectorFactory broken =
        (login, first) -> {
          throw new IOException("config, line 3: no");
        };
    assertEquals(2, terminal.multiquery(broken, time, "ls").status());
    assertPrinted("", "multiquery: config, line 3: no\n");
  }

  @Test
  void helpsWithOptionsAndExitStatuses() {
    assertEquals(0, type("--help"));
    assertEquals("", terminal.err());
    assertTrue(
        terminal.out().startsWith("Usage: multiquery [OPTION]... COMMAND...\n"), terminal.out());
    for (String option :
        new String[] {"--nodes", "--slice", "--timeout", "--delay", "--maxload", "--order"}) {
      assertTrue(terminal.out().contains(option), option);
    }
    assertTrue(terminal.out().contains(String.join("\n", ExitCode.table())), () -> terminal.out());
  }

  @Test
  void tellsItsVersion() {
    assertEquals(0, type("--version"));
    assertPrinted("multiquery 1.2.3\n", "");
  }
}
