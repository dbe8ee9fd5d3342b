package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.codeploy.multicopy.compress.Compression;
import io.codeploy.multicopy.compress.Squeezer;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.Reel;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTarTest {
  private static final int FILES = 200;
  private static final int BYTES = 3000;
  private static final TarHeaders HEADERS = new TarHeaders(true, false);
  private static final Selection ALL = Selection.plain(Exclusion.none());

  @TempDir Path directory;

  private final Sources sources = new Sources(Exclusion.none(), Set.of(), TimeSource.system());

  @BeforeEach
  void makeTree() throws IOException {
    Path sub = Files.createDirectories(directory.resolve("tree/sub"));
    Random random = new Random(7);
    byte[] content = new byte[BYTES];
    for (int i = 0; i < FILES; i++) {
      random.nextBytes(content);
      Files.write(sub.resolve("file" + i), content);
    }
  }

  private NodeTree node() throws Exception {
    SourceTree source = sources.tree(directory.resolve("tree").toString()).orElseThrow();
    return new NodeTree(source, 0, "there", ALL);
  }

  private Optional<Reel> shared(NodeTree node, Compression asked) throws Exception {
    Squeezer squeezer = new Squeezer(asked, program -> true, TimeSource.system());
    return SharedTar.of(List.of(node), HEADERS, sources, squeezer);
  }

  private byte[] own() throws Exception {
    try (TarStream tar =
        new TarStream(Members.of(List.of(node()), HEADERS, sources), new Progress())) {
      return tar.readAllBytes();
    }
  }

  @Test
  void isTheStreamThatEachNodeWouldGet() throws Exception {
    Reel reel = shared(node(), Compression.NONE).orElseThrow();

    for (int node = 0; node < 2; node++) {
      Progress progress = new Progress();
      try (InputStream in = new ReelInput(reel, progress)) {
        assertArrayEquals(own(), in.readAllBytes());
      }
      assertEquals("", reel.form());
      assertEquals(FILES, progress.done().files());
      assertEquals((long) FILES * BYTES, progress.sentBytes());
    }
    assertSame(reel, shared(node(), Compression.NONE).orElseThrow());
  }

  @Test
  void isCompressedOnceWhereTheNodeCanUndoIt() throws Exception {
    Reel reel = shared(node(), Compression.AUTO).orElseThrow();

    byte[] packed = new ReelInput(reel, new Progress()).readAllBytes();

    assertEquals("zstd -dcq", reel.form());
    byte[] own = own();
    assertTrue(packed.length < own.length, packed.length + " of " + own.length);
    try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(packed))) {
      assertArrayEquals(own, in.readAllBytes());
    }
  }

  @Test
  void isNotForANodeThatHasSomethingOfIt() throws Exception {
    NodeTree there = node();
    there.there().found("sub/file1", Entries.found(Found.Kind.FILE, 0644, BYTES, 1, 0));
    NodeTree same = node();
    same.there().found("", Entries.found(Found.Kind.DIRECTORY, 0755, 0, 1, 0));
    NodeTree staged = node();
    staged.carried();

    assertTrue(shared(there, Compression.NONE).isPresent(), "another file has to be replaced");
    assertEquals(Optional.empty(), shared(same, Compression.NONE));
    assertEquals(Optional.empty(), shared(staged, Compression.NONE));
  }

  @Test
  void isLeftToEachNodeAfterAReadErrorThatMayPass() throws Exception {
    NodeTree node = node();
    Path away = directory.resolve("away");
    Path file = directory.resolve("tree/sub/file1");
    Files.move(file, away);
    assertThrows(
        IOException.class,
        () ->
            new ReelInput(shared(node, Compression.NONE).orElseThrow(), new Progress())
                .readAllBytes());
    assertThrows(IOException.class, this::own);
    Files.move(away, file);

    assertEquals(Optional.empty(), shared(node, Compression.NONE));
    assertTrue(own().length > FILES * BYTES);
  }

  @Test
  void leavesGzipToTheLinkOfEachNode() throws Exception {
    Squeezer gzip = new Squeezer(Compression.AUTO, "gzip"::equals, TimeSource.system());

    assertEquals(Optional.empty(), SharedTar.of(List.of(node()), HEADERS, sources, gzip));
  }
}
