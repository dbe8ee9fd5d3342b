package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments and environment to request. */
class RequestTest {
  @TempDir Path home;

  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void openATerminal() throws IOException {
    terminal = new Terminal(home).exportNodes("n1", "n2");
  }

  private Parsed parse(String... arguments) {
    return Parsed.of(terminal, List.of(arguments));
  }

  private String command(String... arguments) {
    return parse(arguments).request().command().text();
  }

  /** Runs to an exit status with nodes that must not be reached. */
  private String complaint(String... arguments) {
    assertEquals(
        ExitCode.USAGE,
        terminal.multiquery(
            (login, first) -> new ScriptedConnector(), new ManualTime(), arguments));
    return terminal.err();
  }

  @Test
  void joinsWordsByBlanks() {
    assertEquals("uname -a", command("uname", "-a"));
    assertEquals("echo  'a  b'", command("echo", "", "'a  b'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo $HOME `id` *",
        "it's \"quoted\" \\ and\nbroken",
        "@file",
        "@@file",
        "a=b,c;d",
        "${env:HOME} %n %s"
      })
  void leavesACommandAsTyped(String typed) {
    assertEquals(typed, command(typed));
    assertEquals("echo " + typed, command("echo", typed));
  }

  @Test
  void readsNoArgumentFile() throws IOException {
    String argument = "@" + Files.writeString(home.resolve("list"), "other words\n");
    assertEquals("wc " + argument, command("wc", argument));
    assertEquals(argument, command(argument));
  }

  @Test
  void optionsEndAtTheFirstWord() {
    Parsed parsed = parse("ls", "-l", "--timeout", "5", "--help", "--", "-w");
    assertEquals("ls -l --timeout 5 --help -- -w", parsed.request().command().text());
    assertEquals(Duration.ofSeconds(30), parsed.request().limits().whole());
  }

  @Test
  void twoDashesEndTheOptions() {
    assertEquals("-x", command("--", "-x"));
    assertEquals("--order -- y", command("--", "--order", "--", "y"));
    assertEquals("ls", command("--order", "--", "ls"));
  }

  @Test
  void hasDefaults() {
    Parsed parsed = parse("ls");
    assertEquals(
        List.of("n1", "n2"), parsed.request().nodes().stream().map(Object::toString).toList());
    assertEquals(new Release.Adaptive(8, 1024), parsed.request().pace().release());
    assertEquals(Duration.ZERO, parsed.request().pace().spacing().delay());
    assertEquals(Duration.ofSeconds(30), parsed.request().limits().whole());
    assertEquals(Optional.empty(), parsed.settings().ssh().slice());
    assertFalse(parsed.settings().inOrder());
  }

  private void exportAll() {
    terminal
        .export("MQ_SLICE", "princeton")
        .export("MQ_TIMEOUT", "7")
        .export("MQ_DELAY", "0.25")
        .export("MQ_MAXLOAD", "3")
        .export("MQ_ORDER", "1");
  }

  @Test
  void readsTheEnvironment() {
    exportAll();
    Parsed parsed = parse("ls");
    assertEquals(Optional.of("princeton"), parsed.settings().ssh().slice());
    assertEquals(Duration.ofSeconds(7), parsed.request().limits().whole());
    assertEquals(Duration.ofMillis(250), parsed.request().pace().spacing().delay());
    assertEquals(3, parsed.request().pace().release().start());
    assertTrue(parsed.settings().inOrder());
  }

  @Test
  void anOptionWinsOverItsVariable() throws IOException {
    exportAll();
    Path other = Files.writeString(home.resolve("other"), "n9\n");
    Parsed parsed =
        parse(
            "--nodes",
            other.toString(),
            "--slice=me",
            "--timeout",
            "1.5",
            "--delay=2",
            "--maxload",
            "40",
            "--order",
            "ls");
    assertEquals("n9", parsed.request().nodes().getFirst().name());
    assertEquals(Optional.of("me"), parsed.settings().ssh().slice());
    assertEquals(Duration.ofMillis(1500), parsed.request().limits().whole());
    assertEquals(Duration.ofSeconds(2), parsed.request().pace().spacing().delay());
    assertEquals(40, parsed.request().pace().release().start());
    assertTrue(parsed.settings().inOrder());
  }

  @Test
  void theOptionOrderWinsOverItsVariable() {
    terminal.export("MQ_ORDER", "0");
    assertTrue(parse("--order", "ls").settings().inOrder());
  }

  @Test
  void aTimeOutOfZeroIsNone() {
    terminal.export("MQ_TIMEOUT", "0");
    assertEquals(Duration.ZERO, parse("ls").request().limits().whole());
  }

  @Test
  void aBlankVariableIsAsGoodAsNone() {
    terminal.export("MQ_TIMEOUT", " ").export("MQ_ORDER", "").export("MQ_MAXLOAD", "");
    assertEquals(Duration.ofSeconds(30), parse("ls").request().limits().whole());
  }

  @ParameterizedTest
  @CsvSource({".5,500", "5.,5000", "0.25,250", "007,7000"})
  void readsSecondsAsTheOriginalDid(String text, long milliseconds) {
    terminal.export("MQ_DELAY", text);
    assertEquals(Duration.ofMillis(milliseconds), parse("ls").request().pace().spacing().delay());
  }

  @ParameterizedTest
  @CsvSource({
    "MQ_TIMEOUT,soon,timeout,seconds",
    "MQ_DELAY,.,delay,seconds",
    "MQ_TIMEOUT,-1,timeout,seconds",
    "MQ_TIMEOUT,1e3,timeout,seconds",
    "MQ_TIMEOUT,99999999999,timeout,seconds",
    "MQ_DELAY,0.5s,delay,seconds",
    "MQ_DELAY,NaN,delay,seconds",
    "MQ_MAXLOAD,0,maxload,a number of at least 1",
    "MQ_MAXLOAD,many,maxload,a number of at least 1",
    "MQ_MAXLOAD,2.5,maxload,a number of at least 1",
    "MQ_MAXLOAD,4294967297,maxload,a number of at least 1",
    "MQ_ORDER,yes,order,1 or 0"
  })
  void refusesNonsenseInOneLine(String variable, String value, String option, String wanted) {
    terminal.export(variable, value);
    assertEquals(
        "multiquery: --%s or %s has to be %s, not \"%s\"\n"
                .formatted(option, variable, wanted, value)
            + "usage: multiquery [OPTION]... COMMAND...\n",
        complaint("ls"));
  }

  @Test
  void refusesNonsenseInAnOption() {
    assertEquals(
        """
        multiquery: --timeout or MQ_TIMEOUT has to be seconds, not "x"
        usage: multiquery [OPTION]... COMMAND...
        """,
        complaint("--timeout", "x", "ls"));
  }

  @Test
  void refusesACommandThatWouldNotArriveAsTyped() {
    assertEquals(
        """
        multiquery: the command is not UTF-8 and would not arrive as typed; write such bytes as $(printf '\\351')
        usage: multiquery [OPTION]... COMMAND...
        """,
        complaint("rm", "caf\uFFFD"));
  }

  @Test
  void refusesACommandThatNoServerTakes() {
    assertEquals(
        """
        multiquery: the command is of 250001 bytes, more than servers take; send it as input: -I sh <FILE
        usage: multiquery [OPTION]... COMMAND...
        """,
        complaint("x".repeat(250_001)));
  }

  @Test
  void refusesAnOptionWithoutItsValue() {
    String complaint = complaint("--timeout");
    assertEquals(2, complaint.lines().count(), complaint);
    assertTrue(complaint.startsWith("multiquery: "), complaint);
    assertTrue(complaint.contains("--timeout"), complaint);
  }
}
