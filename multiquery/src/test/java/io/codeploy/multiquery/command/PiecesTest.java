package io.codeploy.multiquery.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown depends on what nodes write, not on the pieces in which it arrives. */
class PiecesTest {
  @TempDir Path home;

  /** What a node writes; characters stand for bytes. */
  private record Said(String out, String err, int code) {}

  /** Some nodes that say the same, one that differs by a few lines, one whose output is no text. */
  private static List<Said> random(Random random) {
    String common = text(random, random.nextInt(4) == 0 ? 60_000 : 40);
    StringBuilder altered = new StringBuilder(common);
    for (int i = 0; i < 3; i++) {
      altered.setCharAt(random.nextInt(altered.length()), "\nx".charAt(random.nextInt(2)));
    }
    byte[] binary = new byte[random.nextInt(5_000)];
    random.nextBytes(binary);
    String warning = text(random, 3);
    return List.of(
        new Said(common, warning, 0),
        new Said(altered.toString(), "", 7),
        new Said(common, warning, 0),
        new Said(new String(binary, ISO_8859_1), text(random, 5), 0),
        new Said(common.substring(1), warning, 7));
  }

  private static String text(Random random, int lines) {
    StringBuilder text = new StringBuilder("first\n");
    for (int i = 0; i < lines; i++) {
      text.append("line ").append(random.nextInt(10)).append(" Z\u00c3\u00bcrich\r\n");
    }
    return text.toString();
  }

  private static void write(String text, int from, int to, OutputStream stream) throws IOException {
    stream.write(text.substring(from, to).getBytes(ISO_8859_1));
  }

  private static ScriptedConnector.Script whole(Said said) {
    return (out, err, limit) -> {
      write(said.out(), 0, said.out().length(), out);
      write(said.err(), 0, said.err().length(), err);
      return new ExitStatus.Exited(said.code());
    };
  }

  /** Its stdout and stderr in turn, now a byte, now thousands. */
  private static ScriptedConnector.Script inPieces(Said said, Random random) {
    return (out, err, limit) -> {
      int outAt = 0;
      int errAt = 0;
      while (outAt < said.out().length() || errAt < said.err().length()) {
        int length = 1 + random.nextInt(random.nextInt(3) == 0 ? 3 : 20_000);
        if (random.nextInt(3) > 0) {
          int end = Math.min(said.out().length(), outAt + length);
          write(said.out(), outAt, end, out);
          outAt = end;
        } else {
          int end = Math.min(said.err().length(), errAt + 1 + length % 7);
          write(said.err(), errAt, end, err);
          errAt = end;
        }
      }
      return new ExitStatus.Exited(said.code());
    };
  }

  /** Bytes of stdout and of stderr, as characters, of a run with one node at a time. */
  private List<String> shown(String view, List<ScriptedConnector.Script> scripts)
      throws IOException {
    ScriptedConnector connector = new ScriptedConnector();
    Terminal terminal = new Terminal(home);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < scripts.size(); i++) {
      names.add("n" + (i + 1));
      connector.with(names.get(i), scripts.get(i));
    }
    terminal.exportNodes(names.toArray(String[]::new));
    List<String> words = new ArrayList<>(List.of(view.split(" ", -1)));
    words.addAll(List.of("--maxload", "1", "uname"));
    int status =
        terminal
            .multiquery((ssh, first) -> connector, new ManualTime(), words.toArray(String[]::new))
            .status();
    assertEquals(5, status, terminal::err);
    return List.of(new String(terminal.outBytes(), ISO_8859_1), terminal.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--order",
        "-b",
        "-B",
        "--diff",
        "--json",
        "--prefix",
        "--prefix -b",
        "--order -B"
      })
  void theSameBytesAreShownHoweverTheyArrive(String view) throws IOException {
    for (long seed = 1; seed <= 8; seed++) {
      Random random = new Random(seed);
      List<Said> said = random(random);
      List<String> expected = shown(view, said.stream().map(PiecesTest::whole).toList());

      List<String> actual = shown(view, said.stream().map(s -> inPieces(s, random)).toList());

      assertTrue(expected.getFirst().length() > 200, "something is shown");
      for (int i = 0; i < 2; i++) {
        assertTrue(expected.get(i).equals(actual.get(i)), view + " differs, seed " + seed);
      }
    }
  }
}
