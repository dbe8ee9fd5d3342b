package io.codeploy.cli.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.ZstdStreams;
import io.codeploy.chunkcache.manifest.RegularFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  @TempDir private Path temporary;
  private TestTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = TestTree.in(temporary).withEveryKind();
    tree.text("deep/" + "n".repeat(200) + "/" + "m".repeat(255), "long");
  }

  @Test
  void holdsEveryRegularFileInOrder() throws Exception {
    ScannedTree scanned = tree.scan(Delivery.ARCHIVE);

    byte[] bytes = join(scanned);
    assertArrayEquals(Files.readAllBytes(scanned.archive().orElseThrow()), bytes);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(ZstdStreams.inflate(new ByteArrayInputStream(bytes)), "UTF-8")) {
      for (RegularFile file : scanned.manifest().files()) {
        TarArchiveEntry entry = tar.getNextEntry();
        assertEquals(file.path().value(), entry.getName());
        Path source = tree.dir().resolve(file.path().value());
        assertArrayEquals(Files.readAllBytes(source), tar.readAllBytes());
      }
      assertEquals(null, tar.getNextEntry());
    }
  }

  @Test
  void isTheSameForTheSameContents() throws Exception {
    ScannedTree first = tree.scan(Delivery.ARCHIVE);
    Files.delete(first.archive().orElseThrow());
    Files.setLastModifiedTime(
        tree.dir().resolve("a.txt"), FileTime.from(Instant.parse("2023-01-01T00:00:00Z")));

    ScannedTree second = tree.scan(Delivery.ARCHIVE);

    assertEquals(first.manifest().chunks(), second.manifest().chunks());
    assertEquals(first.archive(), second.archive());
  }

  @Test
  void replacesTheOneOfTheLastScan() throws Exception {
    Path first = tree.scan(Delivery.ARCHIVE).archive().orElseThrow();
    tree.text("a.txt", "changed");

    Path second = tree.scan(Delivery.ARCHIVE).archive().orElseThrow();

    assertNotEquals(first, second);
    assertFalse(Files.exists(first));
    assertTrue(Files.exists(second));
  }

  @Test
  void leavesAloneWhatAnotherRunIsWritingAndRemovesWhatAKilledOneHasLeft() throws Exception {
    Path archive = tree.scan(Delivery.ARCHIVE).archive().orElseThrow();
    Path written = Files.writeString(archive.resolveSibling(archive.getFileName() + ".tmp"), "ha");
    String tree16 = archive.getFileName().toString().substring(0, 17);
    Path left = Files.writeString(archive.resolveSibling(tree16 + "left.tmp"), "half");
    Files.setLastModifiedTime(left, FileTime.from(TestTree.OLD));
    Files.delete(archive);

    assertEquals(archive, tree.scan(Delivery.ARCHIVE).archive().orElseThrow());

    assertEquals("ha", Files.readString(written));
    assertFalse(Files.exists(left));
    try (Stream<Path> files = Files.list(archive.getParent())) {
      assertEquals(Set.of(archive, written), files.collect(Collectors.toSet()));
    }
  }

  private static byte[] join(ScannedTree scanned) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int index : scanned.manifest().archive()) {
      ChunkRef chunk = scanned.manifest().chunks().get(index);
      ByteBuffer part = scanned.chunks().find(chunk.transported()).orElseThrow();
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes.write(copy);
    }
    return bytes.toByteArray();
  }
}
