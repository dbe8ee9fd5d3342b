package io.codeploy.cli.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangingFileTest {
  @TempDir private Path temporary;
  private TestTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = TestTree.in(temporary);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300_000, 3 << 20})
  void readsAFileThatChangesOnceMore(int size) throws Exception {
    Path file = tree.bytes("file", TestTree.noise(size, 1));
    AtomicInteger reads = new AtomicInteger();

    ScannedTree scanned =
        scan(
            read -> {
              if (reads.getAndIncrement() == 0) {
                append(read);
              }
            });

    RegularFile entry = TreeScanTest.file(scanned.manifest(), "file");
    assertEquals(2, reads.get());
    assertEquals(size + 1, entry.size());
    assertEquals(Digest.of(Files.readAllBytes(file)), entry.digest());
    assertEquals(Files.getLastModifiedTime(file).toInstant(), entry.mtime());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300_000, 3 << 20})
  void namesAFileThatChangesAgainAndAgain(int size) throws Exception {
    Path file = tree.bytes("file", TestTree.noise(size, 1));

    String message =
        String.valueOf(assertThrows(ScanException.class, () -> scan(this::append)).getMessage());

    assertTrue(message.startsWith(file + " changes while it is read"), message);
  }

  @Test
  void scansAgainWhenASmallFileChangesBeforeItsPackIsMade() throws Exception {
    Path small = tree.text("a-small", "one");
    tree.text("b-small", "two");
    tree.scan(Delivery.WEB);
    // The pack has to be made anew for the new file, from members that are known.
    tree.text("c-small", "three");
    AtomicInteger reads = new AtomicInteger();

    ScannedTree scanned =
        scan(
            read -> {
              if (reads.getAndIncrement() == 0) {
                append(small);
              }
            });

    RegularFile entry = TreeScanTest.file(scanned.manifest(), "a-small");
    assertEquals(Digest.of(Files.readAllBytes(small)), entry.digest());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300_000, 3 << 20})
  void neverServesBytesOfAFileThatChangedAfterTheScan(int size) throws Exception {
    Path file = tree.bytes("dir/file", TestTree.noise(size, 1));
    ScannedTree scanned = tree.scan(Delivery.WEB);
    byte[] content = Files.readAllBytes(file);
    content[0]++;
    Files.write(file, content);
    ChunkRef first = scanned.manifest().chunks().get(0);

    IOException e =
        assertThrows(IOException.class, () -> scanned.chunks().find(first.transported()));

    assertEquals("dir/file changed while it was deployed; run codeploy again", e.getMessage());
    assertEquals(Set.of(new RelativePath("dir/file")), scanned.chunks().changed());
  }

  @Test
  void neverServesBytesOfAFileThatWentAway() throws Exception {
    Path file = tree.bytes("file", TestTree.noise(100, 1));
    ScannedTree scanned = tree.scan(Delivery.WEB);
    Files.delete(file);

    assertThrows(
        IOException.class,
        () -> scanned.chunks().find(scanned.manifest().chunks().get(0).transported()));
    assertEquals(Set.of(new RelativePath("file")), scanned.chunks().changed());
  }

  @Test
  void compressesAgainWhatTheStoreLost() throws Exception {
    tree.bytes("file", TestTree.words(300_000, 1));
    ScannedTree scanned = tree.scan(Delivery.CHUNKS);
    Digest chunk = scanned.manifest().chunks().get(0).transported();
    try (var files = Files.walk(tree.cacheDir().resolve("chunks"))) {
      for (Path stored : files.filter(Files::isRegularFile).toList()) {
        Files.write(stored, new byte[(int) Files.size(stored)]);
      }
    }

    assertEquals(chunk, Digest.of(scanned.chunks().find(chunk).orElseThrow()));
    assertTrue(scanned.chunks().changed().isEmpty());
  }

  @Test
  void hasNothingElseToGive() throws Exception {
    tree.text("file", "x");

    assertTrue(tree.scan(Delivery.WEB).chunks().find(Digest.of(new byte[9])).isEmpty());
  }

  private ScannedTree scan(Consumer<Path> afterRead) throws ScanException, InterruptedException {
    return new TreeScan(InstantSource.system(), 1, afterRead).scan(tree.request(Delivery.WEB));
  }

  private void append(Path file) {
    try {
      Files.write(file, new byte[1], StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
