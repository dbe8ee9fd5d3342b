package io.codeploy.multiquery.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonViewTest {
  @TempDir Path directory;

  private Scene scene = new Scene(Path.of(""));

  @BeforeEach
  void open() {
    scene = new Scene(directory);
  }

  private JsonView view(String... nodes) {
    return new JsonView(
        Stream.of(nodes).map(ScriptedConnector::node).toList(), scene.screen().out());
  }

  /** The example of docs/formats/multiquery-json.md. */
  @Test
  void writesTheExampleOfThePage() throws IOException {
    JsonView view = view("n1", "n2", "n3", "n4", "n5", "n6");
    view.answered(scene.answer(1, "n2", "so far\n", "oops\n", Answers.exited(7)));
    view.answered(scene.answer(0, "n1", "Z\u00c3\u00bcrich \"7\\8\"\t\r\n", "", Answers.exited(0)));
    view.answered(
        scene.answer(
            2,
            "n3",
            "\u00ff\0",
            "",
            new NodeOutcome.Succeeded<>(new ExitStatus.Signalled("KILL"), Duration.ofSeconds(1))));
    view.answered(scene.answer(3, "n4", "part", "", Answers.timedOut("command")));
    view.answered(
        scene.answer(4, "n5", "", "", Answers.failed(new NodeFailure.Unreachable("no route"))));
    view.unlaunched(
        5,
        ScriptedConnector.node("n6"),
        new NodeOutcome.NotRun<>(NodeOutcome.NotRun.Reason.HALTED));
    view.ended();

    String page = Files.readString(page(), StandardCharsets.UTF_8);
    String example = page.substring(page.indexOf("    {\"event\"")).replaceAll("(?m)^    ", "");
    String shown = new String(Scene.bytes(scene.out()), StandardCharsets.UTF_8);
    assertEquals(example.substring(0, example.indexOf("\n\n") + 1), shown);
  }

  private static Path page() {
    Path inModule = Path.of("../docs/formats/multiquery-json.md");
    return Files.exists(inModule) ? inModule : Path.of("docs/formats/multiquery-json.md");
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "3,255", "4,70000", "5,2000000"})
  void keepsEveryByteOfWhatIsNoText(long seed, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1) + "\u00ff";
    JsonView view = view("n1");

    view.answered(scene.answer(0, "n1", text, "", Answers.exited(0)));

    String key = "\"stdout\":{\"bytes\":" + (length + 1) + ",\"base64\":\"";
    String out = scene.out();
    assertTrue(out.contains(key), key);
    int from = out.indexOf(key) + key.length();
    byte[] decoded = Base64.getDecoder().decode(out.substring(from, out.indexOf('"', from)));
    assertEquals(text, new String(decoded, StandardCharsets.ISO_8859_1));
    assertEquals(out.length() - 1, out.indexOf('\n'), "one line");
  }

  @Test
  void keepsCharactersWhereverABufferEnds() throws IOException {
    String text = "a" + "\u00e4\u20ac\ud83d\ude00".repeat(20_000);
    JsonView view = view("n1");
    String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    view.answered(scene.answer(0, "n1", bytes, "", Answers.exited(0)));

    String shown = new String(Scene.bytes(scene.out()), StandardCharsets.UTF_8);
    assertTrue(shown.contains("\"text\":\"" + text + "\""));
  }

  @Test
  void writesControlCharactersAsEscapes() throws IOException {
    view("n1").answered(scene.answer(0, "n1", "\0\u001b\u007f", "", Answers.exited(0)));
    assertTrue(scene.out().contains("\"text\":\"\\u0000\\u001b\\u007f\""), scene.out());
  }

  @Test
  void comesInTheOrderOfTheListWhenAsked() throws IOException {
    InOrder view = new InOrder(view("n1", "n2", "n3"));
    view.answered(scene.answer(2, "n3", "", "", Answers.exited(0)));
    view.answered(scene.answer(1, "n2", "", "", Answers.exited(0)));
    view.answered(scene.answer(0, "n1", "", "", Answers.exited(0)));
    assertEquals(
        List.of("0", "1", "2"),
        scene.out().lines().map(line -> line.replaceAll(".*\"rank\":(\\d).*", "$1")).toList());
  }
}
