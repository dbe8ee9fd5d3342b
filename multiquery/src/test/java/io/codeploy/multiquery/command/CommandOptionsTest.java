package io.codeploy.multiquery.command;

import static io.codeploy.multiquery.testing.ScriptedConnector.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandOptionsTest {
  @TempDir Path home;

  private final ScriptedConnector connector =
      new ScriptedConnector().with("n1", says("", "", 0)).with("n2", says("", "", 0));
  private Terminal terminal;

  @BeforeEach
  void listsTwoNodes() throws IOException {
    terminal = new Terminal(home).exportNodes("n1", "n2");
  }

  private ExitCode type(String... arguments) {
    return terminal.multiquery((ssh, first) -> connector, new ManualTime(), arguments);
  }

  private List<String> commands() {
    return connector.calls().stream()
        .map(ScriptedConnector.Call::what)
        .filter(what -> !what.equals("connect"))
        .sorted()
        .toList();
  }

  @Test
  void expandsOnRequestAlone() {
    assertEquals(ExitCode.OK, type("echo %h %n"));
    assertEquals(List.of("echo %h %n", "echo %h %n"), commands());

    assertEquals(ExitCode.OK, type("--expand", "echo %h %n of %N"));
    assertTrue(
        commands().containsAll(List.of("echo n1 0 of 2", "echo n2 1 of 2")), commands().toString());
  }

  @Test
  void expandsByTheVariableToo() {
    terminal.export("MQ_EXPAND", "1");

    assertEquals(ExitCode.OK, type("echo %h"));

    assertEquals(List.of("echo n1", "echo n2"), commands());
  }

  @ParameterizedTest
  @CsvSource({
    "--plain --sudo, --plain and --sudo do not go together",
    "--plain --expand, --plain and --expand do not go together",
    "-I -w -, -I and -w - both want standard input"
  })
  void refusesWhatDoesNotGoTogether(String options, String complaint) {
    String[] words = (options + " uname").split(" ", -1);

    assertEquals(ExitCode.USAGE, type(words));

    assertTrue(terminal.err().startsWith("multiquery: " + complaint), terminal.err());
    assertEquals(List.of(), connector.calls());
  }

  @Test
  void asksForNothingWhereOptionsAreWrong() {
    terminal.type("secret").pipe("input");

    assertEquals(ExitCode.USAGE, type("--sudo", "-I", "--json", "--prefix", "uname"));

    assertEquals(List.of(), terminal.questions());
    assertTrue(terminal.unread() > 0);
  }

  @Test
  void asksForNoPasswordWithoutSudo() {
    assertEquals(ExitCode.OK, type("uname"));

    assertEquals(List.of(), terminal.questions());
  }

  @Test
  void leavesStandardInputAloneUnlessItIsToBeSent() {
    terminal.pipe("rest of a loop's input");

    assertEquals(ExitCode.OK, type("uname"));

    assertTrue(terminal.unread() > 0);
  }
}
