package io.codeploy.cli.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Encoding;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestCodec;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Slice;
import io.codeploy.chunkcache.manifest.Symlink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TreeScanTest {
  @TempDir private Path temporary;
  private TestTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = TestTree.in(temporary);
  }

  @ParameterizedTest
  @EnumSource(
      value = Delivery.class,
      names = {"CHUNKS", "WEB"})
  void servesChunksThatMakeUpEveryFile(Delivery delivery) throws Exception {
    tree.withEveryKind();

    ScannedTree scanned = tree.scan(delivery);

    assertEquals(listing(tree.dir()), paths(scanned.manifest()));
    for (RegularFile file : scanned.manifest().files()) {
      byte[] expected = Files.readAllBytes(tree.dir().resolve(file.path().value()));
      assertEquals(Digest.of(expected), file.digest(), file.path().value());
      assertArrayEquals(expected, join(scanned, file), file.path().value());
    }
  }

  @Test
  void keepsModesTimesAndTargets() throws Exception {
    tree.withEveryKind();

    Manifest manifest = tree.scan(Delivery.CHUNKS).manifest();

    RegularFile run = file(manifest, "bin/run");
    assertEquals(0755, run.mode());
    assertEquals(TestTree.OLD, run.mtime());
    assertTrue(
        manifest.entries().contains(new Symlink(new RelativePath("links/dangling"), "no/such")));
  }

  /** Java cannot set these, by which every node failed. */
  @Test
  void tellsNoFractionsOfSecondsBefore1970() throws Exception {
    Path file = Files.writeString(tree.dir().resolve("old"), "x");
    Process touch =
        new ProcessBuilder("touch", "-d", "1969-12-31T23:59:58.5Z", file.toString()).start();
    assertEquals(0, touch.waitFor());

    ScannedTree scanned = tree.scan(Delivery.CHUNKS);

    assertEquals(Instant.ofEpochSecond(-2), scanned.manifest().files().getFirst().mtime());
  }

  @Test
  void compressesWhatPaysAndOnlyForAServerOfChunks() throws Exception {
    tree.withEveryKind();

    Manifest chunks = tree.scan(Delivery.CHUNKS).manifest();
    Manifest web = tree.scan(Delivery.WEB).manifest();

    assertEquals(Encoding.ZSTD, chunkOf(chunks, "mid/words").encoding());
    assertEquals(Encoding.RAW, chunkOf(chunks, "mid/noise").encoding());
    assertTrue(web.chunks().stream().allMatch(chunk -> chunk.encoding() == Encoding.RAW));
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsNothingOfAnUnchangedTree(Delivery delivery) throws Exception {
    tree.withEveryKind();
    ScannedTree first = tree.scan(delivery);

    ScannedTree second = tree.scan(delivery);

    assertEquals(first.stats().contentBytes(), first.stats().bytesRead());
    assertEquals(0, second.stats().bytesRead());
    assertArrayEquals(
        ManifestCodec.encode(first.manifest()), ManifestCodec.encode(second.manifest()));
  }

  @Test
  void readsNothingAgainForAWebServerAfterAServerOfChunks() throws Exception {
    tree.withEveryKind();
    tree.scan(Delivery.CHUNKS);

    assertEquals(0, tree.scan(Delivery.WEB).stats().bytesRead());
    assertEquals(0, tree.scan(Delivery.CHUNKS).stats().bytesRead());
  }

  @Test
  void trustsNoFileThatWasYoungWhenItWasScanned() throws Exception {
    Files.writeString(tree.dir().resolve("young"), "abc");
    tree.text("old", "defg");
    tree.scan(Delivery.CHUNKS);

    assertEquals(3, tree.scan(Delivery.CHUNKS).stats().bytesRead());
  }

  @Test
  void changesFewChunksWhenAByteIsInsertedIntoABigFile() throws Exception {
    byte[] content = TestTree.noise(20 << 20, 1);
    tree.bytes("big", content);
    Set<ChunkRef> before = new HashSet<>(tree.scan(Delivery.CHUNKS).manifest().chunks());
    byte[] longer = new byte[content.length + 1];
    System.arraycopy(content, 0, longer, 0, 7 << 20);
    System.arraycopy(content, 7 << 20, longer, (7 << 20) + 1, content.length - (7 << 20));
    tree.bytes("big", longer);

    Set<ChunkRef> after = new HashSet<>(tree.scan(Delivery.CHUNKS).manifest().chunks());

    after.removeAll(before);
    assertTrue(after.size() >= 1 && after.size() <= 3, after.size() + " new chunks");
  }

  @Test
  void changesOnePackWhenASmallFileIsAdded() throws Exception {
    for (int i = 0; i < 400; i++) {
      tree.bytes("many/f" + i, TestTree.noise(60_000, i));
    }
    Set<ChunkRef> before = new HashSet<>(tree.scan(Delivery.CHUNKS).manifest().chunks());
    tree.bytes("many/f17b", TestTree.noise(500, 1000));

    ScannedTree scanned = tree.scan(Delivery.CHUNKS);

    Set<ChunkRef> after = new HashSet<>(scanned.manifest().chunks());
    after.removeAll(before);
    assertTrue(before.size() > 5, before.size() + " packs");
    assertEquals(1, after.size());
    assertNotEquals(scanned.stats().contentBytes(), scanned.stats().bytesRead());
  }

  @Test
  void leavesTheTreeAsItIs() throws Exception {
    tree.withEveryKind();
    TestTree.age(tree.dir());

    tree.scan(Delivery.ARCHIVE);

    assertEquals(TestTree.OLD, Files.getLastModifiedTime(tree.dir()).toInstant());
  }

  private static byte[] join(ScannedTree scanned, RegularFile file) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Slice slice : file.slices()) {
      ChunkRef chunk = scanned.manifest().chunks().get(slice.chunk());
      ByteBuffer transported = scanned.chunks().find(chunk.transported()).orElseThrow();
      ByteBuffer plain = ChunkCodec.decode(chunk, transported);
      byte[] part = new byte[slice.length()];
      plain.get(plain.position() + slice.offset(), part);
      content.write(part);
    }
    return content.toByteArray();
  }

  private static ChunkRef chunkOf(Manifest manifest, String path) {
    return manifest.chunks().get(file(manifest, path).slices().get(0).chunk());
  }

  static RegularFile file(Manifest manifest, String path) {
    return manifest.files().stream()
        .filter(file -> file.path().value().equals(path))
        .findFirst()
        .orElseThrow();
  }

  static Set<String> paths(Manifest manifest) {
    Set<String> paths = new HashSet<>();
    manifest.entries().forEach(entry -> paths.add(entry.path().value()));
    return paths;
  }

  private static Set<String> listing(Path dir) throws IOException {
    try (var walk = Files.walk(dir)) {
      Set<String> paths = new HashSet<>();
      walk.filter(path -> !path.equals(dir))
          .forEach(path -> paths.add(dir.relativize(path).toString()));
      return paths;
    }
  }
}
