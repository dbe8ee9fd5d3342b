package io.codeploy.multiquery.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {
  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("", new Line.Blank()),
        Arguments.of(" \t ", new Line.Blank()),
        Arguments.of("@web uptime", new Line.CommandOn("@web", "uptime")),
        Arguments.of(
            "@web!failed&x*  echo  a  b ", new Line.CommandOn("@web!failed&x*", "echo  a  b")),
        Arguments.of("!failed sudo reboot", new Line.CommandOn("!failed", "sudo reboot")),
        Arguments.of("!1 uname", new Line.CommandOn("!1", "uname")),
        Arguments.of(":on n[1-3] :quit", new Line.CommandOn("n[1-3]", ":quit")),
        Arguments.of(":nodes", new Line.Nodes(Optional.empty())),
        Arguments.of("  :nodes  web* & x ", new Line.Nodes(Optional.of("web* & x"))),
        Arguments.of(":use n1 n2", new Line.Use("n1 n2")),
        Arguments.of(":all", new Line.All()),
        Arguments.of(":sets", new Line.Sets()),
        Arguments.of(":view", new Line.Show(Optional.empty())),
        Arguments.of(":view gather-all", new Line.Show(Optional.of(View.GATHER_ALL))),
        Arguments.of(":v prefix", new Line.Show(Optional.of(View.PREFIX))),
        Arguments.of(":timeout", new Line.Timeout(Optional.empty())),
        Arguments.of(":timeout 0", new Line.Timeout(Optional.of(Duration.ZERO))),
        Arguments.of(":t 1.5", new Line.Timeout(Optional.of(Duration.ofMillis(1500)))),
        Arguments.of(":reconnect !failed", new Line.Reconnect(Optional.of("!failed"))),
        Arguments.of(":history", new Line.History()),
        Arguments.of(":he", new Line.Help()),
        Arguments.of(":q", new Line.Quit()));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void tellsWhatALineMeans(String text, Line line) {
    assertEquals(line, LineParser.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uptime",
        "  uptime  ",
        ": ${x:=1}",
        ":",
        ":;",
        "::",
        "! grep -q x file",
        "!",
        "!!",
        "@",
        "@ x",
        "echo '@web' :quit",
        "for i in 1 2\ndo\n  echo $i\ndone\n",
        "\u00e9t\u00e9 \ud83d\ude00",
        "\u0000\u001b[2J",
        "%h"
      })
  void leavesEverythingElseAsItIs(String text) {
    assertEquals(new Line.Command(text), LineParser.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":nonsense | no command :nonsense; :help tells them",
        ":Quit | no command :Quit; :help tells them",
        ":h | :h may be :help, :history; type more of it",
        ":quit now | :quit stands alone",
        ":use | :use wants an expression; :all takes all nodes",
        ":on n1 | :on wants an expression without blanks, and a command",
        "@web | a command is wanted after @web; :use keeps such nodes",
        "!failed | a command is wanted after !failed; :use keeps such nodes",
        ":timeout soon | :timeout wants one of seconds, 0 for none, not \"soon\"",
        ":timeout -1 | :timeout wants one of seconds, 0 for none, not \"-1\"",
        ":timeout 99999999 | :timeout wants one of seconds, 0 for none, not \"99999999\"",
        ":view loud | :view wants one of gather, gather-all, diff, prefix, classic, json, not"
            + " \"loud\"",
      })
  void tellsWhatIsWrong(String text, String why) {
    assertEquals(new Line.Wrong(why), LineParser.parse(text));
  }

  @Test
  void takesALineOfAnyLength() {
    String text = "echo " + "x".repeat(1_000_000);

    assertEquals(text, assertInstanceOf(Line.Command.class, LineParser.parse(text)).text());
  }
}
