package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.ChangedException;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarStreamTest {
  private static final Selection ALL =
      new Selection(
          Exclusion.none(),
          Selection.Equality.SIZE_AND_TIME,
          Selection.Deletion.NONE,
          Set.of(),
          false);
  private static final FileTime TIME =
      FileTime.from(Instant.parse("2004-04-14T12:00:00.123456789Z"));

  @TempDir Path directory;

  private Path tree() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree/sub"));
    Files.writeString(tree.resolve("one"), "1".repeat(512));
    Files.writeString(tree.resolve("x".repeat(120)), "long name");
    Files.setPosixFilePermissions(
        tree.resolve("one"), PosixFilePermissions.fromString("r-xr-----"));
    Files.setLastModifiedTime(tree.resolve("one"), TIME);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("y".repeat(130)));
    return directory.resolve("tree");
  }

  private static NodeTree node(Path source) throws IOException {
    NodeTree tree =
        new NodeTree(
            SourceTree.list(source, Exclusion.none(), Set.of()).orElseThrow(), 0, "there", ALL);
    tree.there().settle(Optional.empty());
    return tree;
  }

  private static TarStream stream(NodeTree tree, Progress progress) {
    return new TarStream(
        Members.of(
            List.of(tree),
            new TarHeaders(true, false),
            new Sources(Exclusion.none(), Set.of(), TimeSource.system())),
        progress);
  }

  private static List<TarArchiveEntry> entries(byte[] tar) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.add(e);
      }
    }
    return entries;
  }

  @Test
  void holdsATreeAsATarReadsIt() throws IOException {
    byte[] tar;
    Progress progress = new Progress();
    try (InputStream in = stream(node(tree()), progress)) {
      tar = in.readAllBytes();
    }

    List<TarArchiveEntry> entries = entries(tar);

    assertEquals(
        List.of(
            "t/there/",
            "t/there/sub/",
            "t/there/sub/link",
            "t/there/sub/one",
            "t/there/sub/" + "x".repeat(120),
            "t/there/sub/",
            "t/there/"),
        entries.stream().map(TarArchiveEntry::getName).toList());
    assertEquals("y".repeat(130), entries.get(2).getLinkName());
    TarArchiveEntry one = entries.get(3);
    assertEquals(0540, one.getMode() & 0777);
    assertEquals(TIME, one.getLastModifiedTime());
    assertEquals(512, one.getSize());
    assertEquals(0, tar.length % 512);
    assertEquals(512 + 9, progress.sentBytes());
    assertEquals(2, progress.done().files());
  }

  @Test
  void holdsTheSameHoweverItIsRead() throws IOException {
    NodeTree tree = node(tree());
    byte[] whole;
    try (InputStream in = stream(tree, new Progress())) {
      whole = in.readAllBytes();
    }
    for (int size : new int[] {1, 7, 511, 512, 513, 4096}) {
      ByteArrayOutputStream pieces = new ByteArrayOutputStream();
      byte[] buffer = new byte[size];
      try (InputStream in = stream(tree, new Progress())) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          pieces.write(buffer, 0, n);
        }
      }
      assertArrayEquals(whole, pieces.toByteArray(), "pieces of " + size);
    }
  }

  @Test
  void failsWhereAFileHasChanged() throws IOException {
    Path source = tree();
    NodeTree tree = node(source);
    Path one = source.resolve("sub/one");
    Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rw-------"));

    Files.writeString(one, "2".repeat(512), StandardCharsets.UTF_8);
    assertThrows(ChangedException.class, () -> stream(tree, new Progress()).readAllBytes());
    Files.writeString(one, "short");
    assertThrows(ChangedException.class, () -> stream(tree, new Progress()).readAllBytes());
    Files.writeString(one, "3".repeat(1000));
    assertThrows(ChangedException.class, () -> stream(tree, new Progress()).readAllBytes());
  }
}
