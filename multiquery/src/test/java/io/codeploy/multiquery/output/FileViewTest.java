package io.codeploy.multiquery.output;

import static io.codeploy.multiquery.query.OutputSource.Stream.STDERR;
import static io.codeploy.multiquery.query.OutputSource.Stream.STDOUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileViewTest {
  @TempDir Path directory;
  @TempDir Path temporary;

  private Scene scene = new Scene(Path.of(""));

  @BeforeEach
  void open() {
    scene = new Scene(temporary);
  }

  private static List<Node> nodes(String... names) {
    return Stream.of(names).map(ScriptedConnector::node).toList();
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(directory)) {
      for (Path file : list.toList()) {
        files.put(
            file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void writesOneOutputOfEachNode() throws IOException {
    List<Node> nodes = nodes("n1", "n2", "n3");
    FileView stdouts = new FileView(nodes, STDOUT, directory, new Discard());
    stdouts.answered(scene.answer(1, "n2", "two", "err", Answers.exited(0)));
    stdouts.answered(scene.answer(0, "n1", "", "err", Answers.timedOut("connect")));
    assertEquals("{n1=, n2=two}", files().toString());

    FileView stderrs = new FileView(nodes, STDERR, directory, new Discard());
    stderrs.answered(scene.answer(1, "n2", "two", "err", Answers.exited(0)));
    assertEquals("{n1=, n2=err}", files().toString());
    assertEquals(Optional.empty(), stderrs.missing());
  }

  @Test
  void keepsEveryByteOfALargeOutput() throws IOException {
    byte[] bytes = new byte[5_000_000];
    new Random(1).nextBytes(bytes);
    FileView view = new FileView(nodes("n1"), STDOUT, directory, new Discard());
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    view.answered(scene.answer(0, "n1", text, "", Answers.exited(0)));
    assertArrayEquals(bytes, Files.readAllBytes(directory.resolve("n1")));
  }

  @Test
  void stillShowsWhatItWrites() throws IOException {
    FileView view =
        new FileView(
            nodes("n1"),
            STDOUT,
            directory,
            new ClassicView(scene.screen().out(), scene.screen().err()));
    view.answered(scene.answer(0, "n1", "x\n", "", Answers.exited(0)));
    assertEquals("n1: 2 bytes\nx\n\n", scene.out());
  }

  @Test
  void tellsWhichFilesCannotBeWrittenAndGoesOn() throws IOException {
    Files.createDirectories(directory.resolve("n1").resolve("in the way"));
    Files.createDirectories(directory.resolve("n3").resolve("in the way"));
    FileView view = new FileView(nodes("n1", "n2", "n3"), STDOUT, directory, new Discard());
    view.answered(scene.answer(0, "n1", "one", "", Answers.exited(0)));
    view.answered(scene.answer(1, "n2", "two", "", Answers.exited(0)));
    view.answered(scene.answer(2, "n3", "three", "", Answers.exited(0)));

    assertEquals("n[1,3]", view.missing().orElseThrow().nodes());
    assertEquals("two", Files.readString(directory.resolve("n2")));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(3, left.count(), "no part is left");
    }
  }

  @Test
  void makesNamesThatAreSafeAndUnlike() {
    assertEquals(
        List.of(
            "web1.example",
            "web1.example#2",
            "admin@10.0.0.7:2222",
            "fe80::1%25eth0",
            "%2e.",
            "%2ehidden",
            "a%2f..%2fb",
            "a%20b%23c",
            "z\u00fcrich",
            "web1.example#3"),
        FileNames.of(
            nodes(
                "web1.example",
                "web1.example",
                "admin@10.0.0.7:2222",
                "fe80::1%eth0",
                "..",
                ".hidden",
                "a/../b",
                "a b#c",
                "z\u00fcrich",
                "web1.example")));
  }
}
