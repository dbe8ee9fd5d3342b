package io.codeploy.multiquery.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.query.Limits;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A prompt over nodes of which n3 fails whatever it is asked. */
class PromptTest {
  private static final List<Node> NODES =
      Stream.of("n1", "n2", "n3", "n1").map(ScriptedConnector::node).toList();
  private static final Groups GROUPS =
      Groups.none().with("test", name -> Optional.of(NODES.subList(0, 2)));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> asked = new ArrayList<>();

  private final Runs runs =
      new Runs() {
        @Override
        public LastRun run(String command, List<Node> nodes, PromptState state) throws IOException {
          if (command.equals("broken")) {
            throw new IOException("no directory for outputs");
          }
          asked.add(command + " on " + names(nodes) + " " + state.view() + " " + state.limits());
          List<NodeResult> results =
              nodes.stream()
                  .map(n -> Ran.ended(n.name(), n.name().equals("n3") ? 1 : 0, 5))
                  .toList();
          return new LastRun(results, results.stream().allMatch(NodeResult::ok) ? 0 : 5);
        }

        @Override
        public void reconnect(List<Node> nodes) {
          asked.add("reconnect " + names(nodes));
        }
      };

  private static String names(List<Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(" "));
  }

  private Prompt.End type(ScriptedKeyboard keyboard) {
    PromptState state = PromptState.of(NODES, View.GATHER, Limits.whole(Duration.ofSeconds(30)));
    return new Prompt(state, keyboard, runs, GROUPS, new PrintStream(out, false, UTF_8)).run();
  }

  private List<String> prompts(String... lines) {
    ScriptedKeyboard keyboard = new ScriptedKeyboard(lines);
    assertEquals(Prompt.End.LEFT, type(keyboard));
    return keyboard.prompts();
  }

  private String printed() {
    return out.toString(UTF_8);
  }

  @Test
  void runsALineOnEveryNodeOnce() {
    prompts("uptime");

    assertEquals(List.of("uptime on n1 n2 n3 GATHER Limits[command=PT0S, whole=PT30S]"), asked);
  }

  @Test
  void tellsHowManyNodesAndHowTheLastRunEnded() {
    assertEquals(
        List.of(
            "codeploy[3]> ",
            "codeploy[3] 5> ",
            "codeploy[1 of 3] 5> ",
            "codeploy[1 of 3]> ",
            "codeploy[3]> "),
        prompts("false", ":use n2", "true", ":all"));
  }

  @Test
  void runsOnceOnOthersWithoutChangingTheCurrentNodes() {
    List<String> prompts = prompts("true", "!failed again", "@web x", ":on n2 y", "!ok z");

    assertEquals(
        List.of("true on n1 n2 n3", "again on n3", "x on n1 n2", "y on n2", "z on n2"),
        asked.stream().map(text -> text.replaceAll(" GATHER.*", "")).toList());
    assertEquals("codeploy[3]> ", prompts.getLast());
  }

  @Test
  void changesViewAndLimit() {
    prompts(":view", ":view prefix", ":timeout", ":timeout 0", ":timeout", ":view", "x");

    assertEquals("gather\n30.0 s\nnone\nprefix\n", printed());
    assertEquals(List.of("x on n1 n2 n3 PREFIX Limits[command=PT0S, whole=PT0S]"), asked);
  }

  @Test
  void tellsNodesAndSets() {
    prompts(":sets", "x", ":nodes", ":nodes !failed", ":sets");

    assertEquals(
        """
        nothing has run yet
        n[1-3] (3)
        n3 (1)
        !ok           n[1-2] (2)
        !failed       n3 (1)
        !status=1     n3 (1)
        !last         n[1-3] (3)
        !current      n[1-3] (3)
        !1            n[1-3] (3)
        """,
        printed());
  }

  @Test
  void goesOnAfterAMistake() {
    List<String> prompts = prompts(":use n9", ":use !failed", ":nope", "broken", "!slow x", ":q");

    assertEquals(6, prompts.size());
    assertEquals("codeploy[3]> ", prompts.getLast());
    assertEquals(
        """
        "n9": no node here is called n9
        "!failed": nothing has run yet, so that there is no !failed
        no command :nope; :help tells them
        no directory for outputs
        "!slow": nothing has run yet, so that there is no !slow
        """,
        printed());
  }

  @Test
  void dropsConnections() {
    prompts(":reconnect", ":reconnect n2");

    assertEquals(List.of("reconnect n1 n2 n3", "reconnect n2"), asked);
  }

  @Test
  void tellsWhatWasTypedAndWhatMayBe() {
    prompts("x", ":history", ":help");

    assertTrue(printed().startsWith("x\n:history\n"), printed());
    for (Word word : Word.values()) {
      assertTrue(printed().contains("\n" + word.text()), () -> word + " in " + printed());
    }
  }

  @Test
  void asksAgainAfterAClearedLineAndLeavesWhenTold() {
    ScriptedKeyboard keyboard =
        new ScriptedKeyboard(" ")
            .then(new Keyboard.Typed.Cleared())
            .then(new Keyboard.Typed.Ended());

    assertEquals(Prompt.End.LEFT, type(keyboard));
    assertEquals(3, keyboard.prompts().size());
    assertEquals(List.of(), asked);
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    ScriptedKeyboard keyboard = new ScriptedKeyboard().then(new Keyboard.Typed.Interrupted());

    assertEquals(Prompt.End.INTERRUPTED, type(keyboard));
  }

  @Test
  void endsAfterARunThatWasInterruptedWithIt() {
    Thread.currentThread().interrupt();

    assertEquals(Prompt.End.INTERRUPTED, type(new ScriptedKeyboard("x")));
    assertTrue(Thread.interrupted());
    assertEquals(List.of(), asked);
  }
}
