package io.codeploy.multiquery.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.query.Limits;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.Poll;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line editor over a terminal that is two streams. */
class TerminalKeyboardIT {
  private static final PromptState STATE =
      PromptState.of(
          Stream.of("web1", "web2", "db1").map(ScriptedConnector::node).toList(),
          View.GATHER,
          Limits.whole(Duration.ZERO));

  @TempDir Path directory;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PipedOutputStream keys = new PipedOutputStream();

  private TerminalKeyboard keyboard() throws IOException {
    return keyboard(Optional.of(new HistoryFile(directory).prepare()));
  }

  private TerminalKeyboard keyboard(Optional<Path> history) throws IOException {
    Terminal terminal =
        new ExternalTerminal("test", "xterm", new PipedInputStream(keys, 1 << 16), screen, UTF_8);
    return new TerminalKeyboard(terminal, history, () -> Set.of("racks"));
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(UTF_8));
    keys.flush();
  }

  private static Keyboard.Typed next(Keyboard keyboard) {
    return keyboard.next("prompt> ", STATE);
  }

  private String typed(Keyboard keyboard, String keys) throws IOException {
    type(keys + "\r");
    return next(keyboard) instanceof Keyboard.Typed.Text text ? text.text() : "nothing";
  }

  @Test
  void leavesALineAsItWasTyped() throws Exception {
    try (TerminalKeyboard keyboard = keyboard()) {
      for (String line :
          List.of(
              "uptime",
              "echo  'two  blanks' \"unclosed",
              "echo !! !x ^a^b \\! \\n",
              "  blank before and after ",
              "\u00e9t\u00e9 \u00d7 \u4e2d",
              "# no comment",
              "x".repeat(5000))) {
        assertEquals(line, typed(keyboard, line));
      }
    }
  }

  @Test
  void takesWhatWasPastedAsOneLine() throws Exception {
    try (TerminalKeyboard keyboard = keyboard()) {
      assertEquals(
          "for i in 1 2\ndo\n\techo $i\ndone",
          typed(keyboard, "\u001b[200~for i in 1 2\ndo\n\techo $i\ndone\u001b[201~"));
    }
  }

  @Test
  void completesCommandsNodesGroupsAndSets() throws Exception {
    try (TerminalKeyboard keyboard = keyboard()) {
      assertEquals(":use web1", typed(keyboard, ":us\tw\t1"));
      assertEquals(":use @racks!unreachable", typed(keyboard, ":use @r\t!u\t"));
      assertEquals(":view prefix ", typed(keyboard, ":vi\tp\t"));
      assertEquals("@racks!db1 x", typed(keyboard, "@r\t!d\t x"));
    }
  }

  @Test
  void remembersLinesButNotThoseThatBeginWithABlank() throws Exception {
    try (TerminalKeyboard keyboard = keyboard()) {
      typed(keyboard, "first");
      typed(keyboard, "  secret");
      assertEquals("first", typed(keyboard, "\u001bOA"));
    }
    try (TerminalKeyboard another = idleKeyboard()) {
      assertEquals(List.of("first"), another.history());
    }
    String kept = Files.readString(new HistoryFile(directory).file());
    assertTrue(kept.endsWith(":first\n") && !kept.contains("secret"), kept);
  }

  @Test
  void remembersLinesForItselfWhereTheyAreNotKept() throws Exception {
    try (TerminalKeyboard keyboard = keyboard(Optional.empty())) {
      typed(keyboard, "first");

      assertEquals(List.of("first"), keyboard.history());
    }
  }

  /** One that nobody types on. */
  private TerminalKeyboard idleKeyboard() throws IOException {
    Terminal terminal =
        new ExternalTerminal(
            "test", "xterm", new PipedInputStream(new PipedOutputStream()), screen, UTF_8);
    return new TerminalKeyboard(terminal, Optional.of(new HistoryFile(directory).file()), Set::of);
  }

  @Test
  void tellsOfAHistoryThatIsNone() throws Exception {
    Files.write(new HistoryFile(directory).file(), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

    IOException e = assertThrows(IOException.class, this::idleKeyboard);

    assertTrue(
        String.valueOf(e.getMessage()).contains("multiquery_history is no history"), e::toString);
  }

  @Test
  void endsAtCtrlD() throws Exception {
    try (TerminalKeyboard keyboard = keyboard()) {
      type("\u0004");
      assertEquals(new Keyboard.Typed.Ended(), next(keyboard));
    }
  }

  @Test
  void clearsTheLineAtCtrlC() throws Exception {
    try (TerminalKeyboard keyboard = keyboard()) {
      var first = Interruptible.start(() -> next(keyboard));
      // Before that the terminal echoes, and Ctrl-C is not for a line.
      Poll.until("it asks", () -> screen.toString(UTF_8).contains("prompt> "));
      type("half");
      Poll.until("it is shown", () -> screen.toString(UTF_8).contains("half"));
      type("\u0003");

      assertEquals(new Keyboard.Typed.Cleared(), first.end().value());
      assertEquals("whole", typed(keyboard, "whole"));
    }
  }

  @Test
  void handsCtrlCToTheRunWhileNoLineIsWaitedFor() throws Exception {
    try (TerminalKeyboard keyboard = keyboard()) {
      assertEquals("x", typed(keyboard, "x"));
      CountDownLatch pressed = new CountDownLatch(1);
      keyboard.onInterrupt(pressed::countDown);

      type("\u0003");

      pressed.await();
    }
  }

  @Test
  void tellsThatItsThreadWasInterrupted() throws Exception {
    try (TerminalKeyboard keyboard = keyboard()) {
      var call = Interruptible.start(() -> next(keyboard));
      Poll.until("it asks", () -> screen.toString(UTF_8).contains("prompt> "));
      call.interrupt();

      var end = call.end();
      assertEquals(new Keyboard.Typed.Interrupted(), end.value());
      assertTrue(end.interrupted());
    }
  }
}
