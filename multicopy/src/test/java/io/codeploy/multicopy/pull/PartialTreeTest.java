package io.codeploy.multicopy.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that give a part of what they have. */
class PartialTreeTest {
  private static final String TREE =
      "= ./tree//tree//\nd 755 0 1000.0 .////\nf 644 5 1000.5 ./file////\n";

  @TempDir Path got;

  private String failure(ScriptedNode node) {
    Pull pull = node.pull();
    NodeFailedException failure =
        assertThrows(NodeFailedException.class, () -> pull.run(List.of("tree"), got.toString()));
    return failure.failure().message();
  }

  private static byte[] tar(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      put(tar, name, content);
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length());
    tar.putArchiveEntry(entry);
    tar.write(content.getBytes(StandardCharsets.UTF_8));
    tar.closeArchiveEntry();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tar: ./tree/secret: Cannot open: Permission denied\ntar: Exiting with failure status\n",
        "tar: can't open './tree/secret': Permission denied\ntar: error exit delayed\n"
      })
  void saysWhichFileCouldNotBeReadAndKeepsTheRest(String said) throws IOException {
    ScriptedNode node =
        new ScriptedNode(TREE.replace("f 644", "f 600 5 1000.5 ./secret////\nf 644"))
            .answers(tar("./tree/file", "hello"))
            .complains(said);

    assertEquals("tree/secret: Permission denied; the rest did", failure(node));
    assertEquals(List.of("file"), List.of(got.resolve("tree").toFile().list()));
    assertEquals("hello", Files.readString(got.resolve("tree/file")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "find: './shut': Permission denied",
        "find: ./shut: Permission denied",
        "find: ‘./shut’: Permission denied"
      })
  void saysWhichDirectoryCouldNotBeRead(String said) throws IOException {
    ScriptedNode node =
        new ScriptedNode(TREE + "d 700 0 1000.0 ./shut////\n! 3 " + Wire.of(said) + "////\n")
            .answers(tar("./tree/file", "hello"));

    assertEquals(
        "tree/shut: Permission denied; 3 in all did not arrive; the rest did", failure(node));
    assertEquals("hello", Files.readString(got.resolve("tree/file")));
  }

  @Test
  void callsAFileChangedThatBecameADirectoryAndTakesTheRest() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      put(tar, "tree/became/", "");
      put(tar, "tree/became/below", "below");
      put(tar, "tree/file", "hello");
    }
    ScriptedNode node =
        new ScriptedNode(TREE.replace("f 644", "f 644 5 1000.5 ./became////\nf 644"))
            .answers(bytes.toByteArray());

    assertEquals("tree/became: changed while it was sent; copy again; the rest did", failure(node));
    assertEquals(List.of("file"), List.of(got.resolve("tree").toFile().list()));
    assertEquals("hello", Files.readString(got.resolve("tree/file")));
  }

  @ParameterizedTest
  @ValueSource(bytes = {'2', '3', '4', '6', '7'})
  void dropsWhateverIsInADirectoryThatAFileBecame(byte type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      put(tar, "tree/became/", "");
      putEmpty(tar, new TarArchiveEntry("tree/became/below", type));
      put(tar, "tree/file", "hello");
    }
    ScriptedNode node =
        new ScriptedNode(TREE.replace("f 644", "f 644 5 1000.5 ./became////\nf 644"))
            .answers(bytes.toByteArray());

    assertEquals("tree/became: changed while it was sent; copy again; the rest did", failure(node));
    assertEquals("hello", Files.readString(got.resolve("tree/file")));
  }

  @Test
  void callsAFileChangedThatIsAnotherNameOfWhatIsInADirectoryThatAFileBecame() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarArchiveEntry link = new TarArchiveEntry("tree/c", TarConstants.LF_LINK);
    link.setLinkName("tree/a/below");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      put(tar, "tree/a/", "");
      put(tar, "tree/a/below", "below");
      put(tar, "tree/b/", "");
      putEmpty(tar, link);
      put(tar, "tree/file", "hello");
    }
    String three = "f 644 5 1000.5 ./%s////\n".repeat(3).formatted("a", "b", "c");
    ScriptedNode node =
        new ScriptedNode(TREE.replace("f 644", three + "f 644")).answers(bytes.toByteArray());

    String failure = failure(node);
    assertTrue(failure.contains("changed while"), failure);
    assertEquals(List.of("file"), List.of(got.resolve("tree").toFile().list()));
    assertEquals("hello", Files.readString(got.resolve("tree/file")));
  }

  private static void putEmpty(TarArchiveOutputStream tar, TarArchiveEntry entry)
      throws IOException {
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  @Test
  void givesNamesThatAreNoTextTheirBytes() throws Exception {
    ScriptedNode node =
        new ScriptedNode(TREE + "f 644 5 1000.5 ./gr\u00fc\u00dfe////\n")
            .answers(tar("./tree/file", "hello"));

    // It is not in the stream, and so is told of.
    assertEquals("tree/gr\\374\\337e: cannot be read; the rest did", failure(node));
    assertEquals("hello", Files.readString(got.resolve("tree/file")));
  }

  @Test
  void setsNoBitThatGivesPower() throws Exception {
    String powerful = TREE.replace("f 644", "f 6755").replace("d 755", "d 3755");
    Pull pull =
        new Pull(
            new ScriptedNode(powerful).answers(tar("tree/file", "hello")),
            new Progress(),
            Duration.ZERO,
            Selection.plain(Exclusion.none()),
            Optional.empty(),
            Set.of());

    pull.run(List.of("tree"), got.toString());

    assertEquals(0100755, Files.getAttribute(got.resolve("tree/file"), "unix:mode"));
    assertEquals(040755, Files.getAttribute(got.resolve("tree"), "unix:mode"));
  }

  @Test
  void setsATimeBefore1970() throws Exception {
    ScriptedNode node =
        new ScriptedNode(TREE.replace("1000.5", "-86400.0")).answers(tar("tree/file", "hello"));

    node.pull().run(List.of("tree"), got.toString());

    assertEquals(
        -86_400, Files.getLastModifiedTime(got.resolve("tree/file")).toInstant().getEpochSecond());
  }
}
