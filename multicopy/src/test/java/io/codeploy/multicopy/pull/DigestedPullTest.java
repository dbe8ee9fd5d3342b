package io.codeploy.multicopy.pull;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multicopy.source.Digest;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large file from a node that digests, over connections that are lost. */
class DigestedPullTest {
  private static final int MEBI = 1 << 20;

  private final byte[] content = new byte[33 * MEBI];
  @TempDir Path got;

  @BeforeEach
  void makeContent() {
    new Random(11).nextBytes(content);
  }

  private ScriptedNode node() {
    return new ScriptedNode("= ./big//big//\nf 644 " + content.length + " 1000.5 .////\n")
        .withDigests();
  }

  private static String sum(byte[] of) {
    return HexFormat.of().formatHex(Digest.sha256().digest(of));
  }

  private static byte[] line(String sum, String name) {
    return (sum + "  " + name + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private void pull(ScriptedNode node) throws IOException, InterruptedException {
    node.pull().run(List.of("big"), got.toString());
  }

  private List<Path> stages() throws IOException {
    try (Stream<Path> all = Files.list(got)) {
      return all.filter(p -> p.getFileName().toString().startsWith(".multicopy-")).toList();
    }
  }

  private void loseAfter(int bytes) {
    ScriptedNode node = node().answers(new ByteArrayInputStream(content, 0, bytes)).breaksOff();
    NodeFailedException lost = assertThrows(NodeFailedException.class, () -> pull(node));
    assertEquals(new NodeFailure.Disconnected("connection lost"), lost.failure());
    assertFalse(Files.exists(got.resolve("big")));
  }

  @Test
  void goesOnWhereTheConnectionWasLost() throws Exception {
    loseAfter(10 * MEBI);
    assertEquals(10L * MEBI, Files.size(stages().getFirst().resolve("t/big")));

    pull(
        node()
            .answers(new ByteArrayInputStream(content, 10 * MEBI, 23 * MEBI))
            .answers(line(sum(content), "./big")));

    assertArrayEquals(content, Files.readAllBytes(got.resolve("big")));
    assertEquals(List.of(), stages());
  }

  @Test
  void asksForNothingWhereAllIsInTheStage() throws Exception {
    ScriptedNode lost = node().answers(content).answers(new byte[0]).breaksOff();
    assertThrows(NodeFailedException.class, () -> pull(lost));

    pull(node().answers(line(sum(content), "./big")));

    assertArrayEquals(content, Files.readAllBytes(got.resolve("big")));
  }

  /** It is another file by now: the digest tells, and the run after that begins anew. */
  @Test
  void doesNotKeepAPartOfAnotherFile() throws Exception {
    loseAfter(10 * MEBI);
    byte[] other = content.clone();
    Arrays.fill(other, 0, 100, (byte) 0);

    ScriptedNode node =
        node()
            .answers(new ByteArrayInputStream(other, 10 * MEBI, 23 * MEBI))
            .answers(line(sum(other), "./big"))
            .answers(line(sum(other), "-"));
    NodeFailedException failed = assertThrows(NodeFailedException.class, () -> pull(node));

    assertEquals(
        new NodeFailure.RemoteFailure("big: changed while it was sent; copy again"),
        failed.failure());
    assertFalse(Files.exists(got.resolve("big")));
    assertEquals(List.of(), stages());
  }

  @Test
  void takesAFileThatGrewAsItWasListed() throws Exception {
    byte[] grown = Arrays.copyOf(content, content.length + MEBI);

    pull(node().answers(grown).answers(line(sum(grown), "./big")).answers(line(sum(content), "-")));

    assertArrayEquals(content, Files.readAllBytes(got.resolve("big")));
  }

  @Test
  void refusesAFileWithoutAnEnd() throws Exception {
    byte[] endless = Arrays.copyOf(content, content.length + 65 * MEBI);

    assertThrows(IOException.class, () -> pull(node().answers(endless)));

    assertFalse(Files.exists(got.resolve("big")));
    assertEquals(List.of(), stages());
  }
}
