package io.codeploy.multiquery.output;

import static io.codeploy.multiquery.query.OutputSource.Stream.STDERR;
import static io.codeploy.multiquery.query.OutputSource.Stream.STDOUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.Delivery;
import io.codeploy.multiquery.query.OutputSource;
import io.codeploy.multiquery.query.QueryListener;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixViewTest {
  @TempDir Path directory;

  private Scene scene = new Scene(Path.of(""));
  private QueryListener view = new Discard();

  @BeforeEach
  void open() {
    scene = new Scene(directory);
    view = view(scene.screen());
  }

  private QueryListener view(Screen screen) {
    return new PrefixView(
        Set.of(STDOUT, STDERR), screen, directory, new VerdictLines(screen.err(), new Discard()));
  }

  private void out(int rank, String node, String text) throws IOException {
    Scene.piece(view, rank, node, STDOUT, text);
  }

  private void answer(int rank, String node) throws IOException {
    view.answered(scene.answer(rank, node, "", "", Answers.exited(0)));
  }

  @Test
  void wantsOutputAsItArrives() {
    assertEquals(Delivery.LIVE, view.delivery());
  }

  @Test
  void putsTheNameBeforeEveryLine() throws IOException {
    out(0, "n1", "one\ntwo\n");
    Scene.piece(view, 0, "n1", STDERR, "oops\n");
    assertEquals("n1: one\nn1: two\n", scene.out());
    assertEquals("n1: oops\n", scene.err());
  }

  @Test
  void holdsALineBackUntilItIsWhole() throws IOException {
    out(0, "n1", "o");
    out(1, "n2", "other\n");
    out(0, "n1", "n");
    assertEquals("n2: other\n", scene.out());
    out(0, "n1", "e\ntw");
    assertEquals("n2: other\nn1: one\n", scene.out());
  }

  @Test
  void writesALineInOneWrite() throws IOException {
    out(0, "n1", "a long ");
    out(0, "n1", "line\n");
    assertEquals(List.of("n1: a long line\n".length()), scene.writes());
  }

  @Test
  void keepsALastLineWithoutItsNewlineAsItIs() throws IOException {
    out(0, "n1", "one\ntwo");
    answer(0, "n1");
    view.ended();
    assertEquals("n1: one\nn1: two", scene.out());
  }

  @Test
  void beginsALineAfterOneWithoutANewline() throws IOException {
    out(0, "n1", "one");
    answer(0, "n1");
    out(1, "n2", "two\n");
    assertEquals("n1: one\nn2: two\n", scene.out());
  }

  @Test
  void endsEveryLineOnATerminal() throws IOException {
    view = view(scene.screen(true, Colours.NONE));
    out(0, "n1", "one");
    answer(0, "n1");
    assertEquals("n1: one\n", scene.out());
  }

  @Test
  void endsEveryLineOfStderrForWhatFollows() throws IOException {
    Scene.piece(view, 0, "n1", STDERR, "oops");
    view.answered(scene.answer(0, "n1", "", "", Answers.exited(7)));
    assertEquals("n1: oops\nn1: exit status 7\n", scene.err());
  }

  @Test
  void showsWhatCameOfANodeThatDidNotEnd() throws IOException {
    out(0, "n1", "part");
    view.answered(scene.answer(0, "n1", "", "", Answers.timedOut("command")));
    out(1, "n2", "other");
    view.answered(scene.answer(1, "n2", "", "", new NodeOutcome.NotRun<>()));
    assertEquals("n1: part\nn2: other", scene.out());
    assertEquals("n1: timed out after 2.5 s (command)\n", scene.err());
  }

  @Test
  void keepsCarriageReturnsNulsAndWhatIsNoText() throws IOException {
    out(0, "n1", "a\r\nb\0\u00ff\u00c3\n\r\u001b[0m\n\n");
    assertEquals("n1: a\r\nn1: b\0\u00ff\u00c3\nn1: \r\u001b[0m\nn1: \n", scene.out());
  }

  @Test
  void coloursTheNameAlone() throws IOException {
    view = view(scene.screen(true, Colours.ANSI));
    out(0, "n1", "one\n");
    assertEquals("\u001b[36mn1\u001b[0m: one\n", scene.out());
  }

  @Test
  void playsDoneNodesInTheOrderOfTheList() throws IOException {
    view = new InOrder(new Replay(view));
    assertEquals(Delivery.WHOLE, view.delivery());
    view.answered(scene.answer(1, "n2", "c\nd", "oops", Answers.exited(0)));
    assertEquals("", scene.out());
    view.answered(scene.answer(0, "n1", "a\n", "", Answers.exited(3)));
    assertEquals("n1: a\nn2: c\nn2: d", scene.out());
    assertEquals("n1: exit status 3\nn2: oops\n", scene.err());
  }

  /** What one node wrote is what its lines hold, however it was cut into pieces. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void losesNoByteWhateverThePieces(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> sent = new ArrayList<>();
    for (int rank = 0; rank < 3; rank++) {
      byte[] bytes = new byte[random.nextInt(200_000)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i += 1 + random.nextInt(seed % 2 == 0 ? 20 : 150_000)) {
        bytes[i] = '\n';
      }
      sent.add(bytes);
    }
    int[] at = new int[3];
    while (at[0] < sent.get(0).length || at[1] < sent.get(1).length || at[2] < sent.get(2).length) {
      int rank = random.nextInt(3);
      int count = Math.min(1 + random.nextInt(5_000), sent.get(rank).length - at[rank]);
      OutputSource source = new OutputSource(rank, ScriptedConnector.node("n" + rank), STDOUT);
      view.wrote(source, sent.get(rank), at[rank], count);
      at[rank] += count;
    }
    for (int rank = 0; rank < 3; rank++) {
      answer(rank, "n" + rank);
    }
    view.ended();

    List<String> shown = lines(scene.out());
    for (int rank = 0; rank < 3; rank++) {
      String prefix = "n" + rank + ": ";
      List<String> own = new ArrayList<>();
      shown.stream()
          .filter(line -> line.startsWith(prefix))
          .forEach(line -> own.add(line.substring(prefix.length())));
      String whole = new String(sent.get(rank), StandardCharsets.ISO_8859_1);
      assertEquals(lines(whole), own);
    }
    assertEquals(List.of(), files());
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void showsALineOf64Megabytes() throws Exception {
    MessageDigest shown = MessageDigest.getInstance("SHA-256");
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    PrintStream out =
        new PrintStream(new DigestOutputStream(ByteArrayOutputStream.nullOutputStream(), shown));
    view = view(new Screen(out, out, false, Colours.NONE));
    OutputSource source = new OutputSource(0, ScriptedConnector.node("n1"), STDOUT);
    byte[] piece = new byte[1 << 20];
    new Random(64).nextBytes(piece);
    for (int i = 0; i < piece.length; i++) {
      piece[i] = piece[i] == '\n' ? 0 : piece[i];
    }
    sent.update(Scene.bytes("n1: "));

    for (int i = 0; i < 64; i++) {
      view.wrote(source, piece, 0, piece.length);
      sent.update(piece);
    }
    assertEquals(List.of(), files(), "there is something to leave behind");
    view.wrote(source, new byte[] {'\n'}, 0, 1);
    sent.update((byte) '\n');

    assertArrayEquals(sent.digest(), shown.digest());
    assertEquals(List.of(), files());
  }
}
