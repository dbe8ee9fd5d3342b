package io.codeploy.multiquery.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        " \t uptime \n",
        "ls -l /tmp/*.log {a,b} x=y ~ \\; 'a;b' \"$HOME & $x\" !",
        "./job --name='it'\"'\"'s\\ '",
        "echo $",
        "sh -c 'for i in 1 2; do echo $(date); done'",
        "printf '%s\n' 'two\nlines'"
      })
  void takesASimpleCommandForOne(String text) {
    assertEquals(Optional.of(true), SingleCommand.in(text).map(SingleCommand::alone), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ps -e | grep ssh|wc -l",
        "cat /etc/passwd 2>/dev/null",
        "echo x >>log 2>&1",
        "cat <file",
        "sort <&3",
        "cat < \t'a file' >> b",
        "exec3 >&-"
      })
  void takesPipelinesAndRedirectionsForNoProgramAlone(String text) {
    assertEquals(Optional.of(false), SingleCommand.in(text).map(SingleCommand::alone), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n ",
        "a; b",
        "a && b",
        "a || b",
        "a |& b",
        "a | ",
        "| a",
        "a &",
        "a\nb",
        "a (b)",
        "(a)",
        "{ a",
        "! a",
        "[ a ]",
        "[[ a ]]",
        "if a",
        "time a",
        "a | while read x",
        "X=1 a",
        "$a",
        "'a'",
        "-x",
        "a`b`",
        "a \"`b`\"",
        "a $(b)",
        "a \"$(b)\"",
        "a ${b}",
        "a \"${b}\"",
        "a $'b'",
        "a $[1]",
        "a # b",
        "# a",
        "a 'b",
        "a \"b",
        "a \"b\\",
        "a b\\",
        "a \\\nb",
        "a <<b",
        "a <<<b",
        "a <(b)",
        "a > >(b)",
        "a >|b",
        "a &>b",
        "a <>b",
        "a\r",
        "cat < | wc",
        "cat <",
        "echo >",
        "a 2>",
        "a >& ",
        "a > &",
        "a > #b",
        "a > \n b",
        "a < ;",
        "command a",
        "builtin a",
        "exec a",
        "eval a",
        "source a",
        ". a",
        "a | command b"
      })
  void takesEverythingElseForMore(String text) {
    assertEquals(Optional.empty(), SingleCommand.in(text), text);
  }

  @Test
  void knowsTheName() {
    SingleCommand command = SingleCommand.in(" ./a-b.sh  c ").orElseThrow();

    assertEquals("./a-b.sh", command.name());
    assertEquals("./a-b.sh  c", command.text());
  }
}
