package io.codeploy.multiquery.output;

import static io.codeploy.multiquery.query.OutputSource.Stream.STDERR;
import static io.codeploy.multiquery.query.OutputSource.Stream.STDOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatherViewTest {
  @TempDir Path directory;

  private Scene scene = new Scene(Path.of(""));
  private QueryListener view = new Discard();

  @BeforeEach
  void open() {
    scene = new Scene(directory);
    view = GatherView.blocks(Set.of(STDOUT), scene.screen(), false);
  }

  private void says(int rank, String node, String stdout) throws IOException {
    view.answered(scene.answer(rank, node, stdout, "noise", Answers.exited(0)));
  }

  private static String block(String nodes, String output) {
    return "---------------\n" + nodes + "\n---------------\n" + output;
  }

  @Test
  void foldsNodesOfEqualOutput() throws IOException {
    for (int i = 12; i >= 1; i--) {
      says(i, "n%02d".formatted(i), "same\n");
    }
    says(17, "n17", "same\n");
    says(13, "n13", "other\n");
    assertEquals("", scene.out());

    view.ended();

    assertEquals(block("n[01-12,17] (13)", "same\n") + block("n13 (1)", "other\n"), scene.out());
    assertEquals("", scene.err());
  }

  @Test
  void comesInTheOrderOfTheListWhenAsked() throws IOException {
    view = GatherView.blocks(Set.of(STDOUT), scene.screen(), true);
    says(2, "n3", "b\n");
    says(1, "n2", "b\n");
    says(0, "n1", "a\n");
    view.ended();
    assertEquals(block("n1 (1)", "a\n") + block("n[2-3] (2)", "b\n"), scene.out());
  }

  @Test
  void tellsOutputsApartByTheirLastByte() throws IOException {
    says(0, "n1", "a\n");
    says(1, "n2", "a");
    says(2, "n3", "a\r\n");
    says(3, "n4", "a\0\n");
    view.ended();
    assertEquals(
        block("n1 (1)", "a\n")
            + block("n2 (1)", "a\n")
            + block("n3 (1)", "a\r\n")
            + block("n4 (1)", "a\0\n"),
        scene.out());
  }

  @Test
  void leavesTheLastOutputWithoutANewlineWhereItHasNone() throws IOException {
    says(0, "n1", "a");
    view.ended();
    assertEquals(block("n1 (1)", "a"), scene.out());
  }

  @Test
  void namesTheSilentOnlyBesideOthers() throws IOException {
    says(0, "n1", "");
    view.ended();
    assertEquals("", scene.out());

    open();
    says(0, "n1", "");
    says(1, "n2", "x\n");
    view.ended();
    assertEquals(block("n1 (1)", "") + block("n2 (1)", "x\n"), scene.out());
  }

  @Test
  void setsApartWhatIsIncomplete() throws IOException {
    says(0, "n1", "a\n");
    view.answered(scene.answer(1, "n2", "a\n", "", Answers.timedOut("command")));
    view.answered(scene.answer(2, "n3", "a\n", "", new NodeOutcome.NotRun<>()));
    view.answered(scene.answer(3, "n4", "", "", Answers.timedOut("connect")));
    view.ended();
    assertEquals(block("n1 (1)", "a\n") + block("n[2-3] (2), incomplete", "a\n"), scene.out());
  }

  @Test
  void gathersStderrByItself() throws IOException {
    view = GatherView.blocks(Set.of(STDOUT, STDERR), scene.screen(), false);
    view.answered(scene.answer(0, "n1", "a\n", "warn\n", Answers.exited(0)));
    view.answered(scene.answer(1, "n2", "b\n", "warn\n", Answers.exited(0)));
    view.ended();
    assertEquals(block("n1 (1)", "a\n") + block("n2 (1)", "b\n"), scene.out());
    assertEquals(block("n[1-2] (2)", "warn\n"), scene.err());
  }

  @Test
  void keepsLargeOutputsOnceAndLeavesNothingBehind() throws IOException {
    byte[] large = new byte[3 << 20];
    new Random(1).nextBytes(large);
    String text = new String(large, StandardCharsets.ISO_8859_1);
    String differsLate = text.substring(0, text.length() - 1) + (char) (text.charAt(5) ^ 1);
    says(0, "n0", text);
    long once = scene.spilledBytes();
    for (int i = 1; i < 5; i++) {
      says(i, "n" + i, text);
    }
    says(5, "n5", differsLate);
    assertTrue(once > 0, "nothing is kept on disk");
    assertEquals(2 * once, scene.spilledBytes());

    view.ended();

    assertEquals(0, scene.spilledBytes());
    assertEquals(
        block("n[0-4] (5)", text)
            + "\n".repeat(text.endsWith("\n") ? 0 : 1)
            + block("n5 (1)", differsLate),
        scene.out());
  }

  @Test
  void foldsFailuresAlikeIntoALine() throws IOException {
    view = new FoldedVerdicts(scene.screen().err(), view);
    view.answered(scene.answer(0, "n1", "", "", Answers.exited(1)));
    view.answered(scene.answer(1, "n2", "", "", Answers.exited(1)));
    view.answered(scene.answer(2, "n3", "", "", Answers.timedOut("connect")));
    says(3, "n4", "a\n");
    assertEquals("", scene.err());
    view.ended();
    assertEquals("n[1-2]: exit status 1\nn3: timed out after 2.5 s (connect)\n", scene.err());
  }

  @Test
  void showsHowOthersDifferFromMost() throws IOException {
    view = GatherView.differences(Set.of(STDOUT), scene.screen());
    says(0, "n1", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    says(1, "n2", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10");
    says(2, "n3", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    says(3, "n4", "a\0b");
    says(4, "n5", "");
    view.ended();
    assertEquals(
        block("n[1,3] (2)", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
            + """
            --- n[1,3] (2)
            +++ n2 (1)
            @@ -2,8 +2,9 @@
             2
             3
             4
            -5
            +five
             6
             7
             8
             9
            +10
            \\ No newline at end of output
            binary or large output of n4 (1) differs: 3 bytes
            --- n[1,3] (2)
            +++ n5 (1)
            @@ -1,9 +0,0 @@
            -1
            -2
            -3
            -4
            -5
            -6
            -7
            -8
            -9
            """,
        scene.out());
  }

  @Test
  void coloursWhatItSaysItself() throws IOException {
    view = GatherView.differences(Set.of(STDOUT), scene.screen(true, Colours.ANSI));
    says(0, "n1", "a\n");
    says(1, "n2", "a\n");
    says(2, "n3", "b\n");
    view.ended();
    assertEquals(
        block("\u001b[36mn[1-2] (2)\u001b[0m", "a\n")
            + "\u001b[31m--- n[1-2] (2)\u001b[0m\n\u001b[32m+++ n3 (1)\u001b[0m\n"
            + "@@ -1 +1 @@\n\u001b[31m-a\u001b[0m\n\u001b[32m+b\u001b[0m\n",
        scene.out());
  }
}
