package io.codeploy.agent.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.plan.Planner;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.ZstdStreams;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final int CHUNK_BYTES = 700;

  @TempDir Path temporary;
  private Path root;
  private final Map<String, byte[]> files = new TreeMap<>();

  /** Chunks at the end that do not come. */
  private int withheld;

  /** Where what a kill leaves is kept. */
  private Optional<CutOff> cutOff = Optional.empty();

  private BitSet asked = new BitSet();

  @BeforeEach
  void chooseFiles() throws IOException {
    root = temporary.toRealPath().resolve("root");
    files.put("d/ä", random(5000));
    files.put("d/" + "long ".repeat(40), random(10));
    files.put("empty", new byte[0]);
    files.put("f", "content".getBytes(UTF_8));
  }

  @Test
  void writesTheFilesOfAnArchive() throws Exception {
    Applied applied = apply(tar(files));

    assertEquals(List.of(), applied.errors());
    assertHasFiles();
  }

  @Test
  void writesOnlyFilesThatNeedContent() throws Exception {
    apply(tar(files));
    Files.writeString(root.resolve("f"), "altered");
    files.remove("d/ä");
    byte[] tar = tar(files);
    files.put("d/ä", random(5000));

    Applied applied = apply(tar);

    assertEquals(List.of(), applied.errors());
    assertEquals(1, applied.counts().updated());
    assertHasFiles();
  }

  @Test
  void passesOverHostileEntries() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = open(bytes)) {
      put(tar, new TarArchiveEntry("../outside", true), "x");
      put(tar, new TarArchiveEntry("/etc/outside", true), "x");
      put(tar, new TarArchiveEntry("unknown"), "x");
      TarArchiveEntry link = new TarArchiveEntry("f", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      put(tar, link, "");
      TarArchiveEntry hard = new TarArchiveEntry("empty", TarConstants.LF_LINK);
      hard.setLinkName("/etc/passwd");
      put(tar, hard, "");
      put(tar, new TarArchiveEntry("d/ä/below"), "x");
      put(tar, new TarArchiveEntry("f"), "of another length");
      putFiles(tar, files);
    }

    Applied applied = apply(bytes.toByteArray());

    assertEquals(List.of(), applied.errors());
    assertHasFiles();
    assertFalse(Files.exists(root.resolveSibling("outside")));
  }

  @Test
  void saysWhichFileIsNotWhatTheManifestSays() throws Exception {
    Map<String, byte[]> other = new TreeMap<>(files);
    other.put("f", "CONTENT".getBytes(UTF_8));

    Applied applied = apply(tar(other));

    assertEquals(
        List.of(root + "/f: the content that came is not what the manifest says; deploy again"),
        applied.errors());
    assertFalse(Files.exists(root.resolve("f")));
    assertTrue(Files.exists(root.resolve("d/ä")));
  }

  @Test
  void toldOfAnArchiveThatIsCutOrDamagedAnywhere() throws Exception {
    byte[] whole = deflate(tar(files));
    for (int length = 1; length < whole.length; length += 97) {
      byte[] damaged = whole.clone();
      damaged[length] ^= 0x55;

      checkVerdict(length, Arrays.copyOf(whole, length));
      checkVerdict(length, damaged);
    }
  }

  /** No error means the very files: where only the end of the archive is spoilt, they are there. */
  private void checkVerdict(int at, byte[] archive) throws Exception {
    root = temporary.toRealPath().resolve("root-" + at + "-" + archive.length);
    Applied applied = applyDeflated(archive);
    if (applied.errors().isEmpty()) {
      assertHasFiles();
    }
    assertTrue(at > 5000 || !applied.errors().isEmpty(), "spoilt at " + at);
  }

  @Test
  void endsAnArchiveThatInflatesToMoreThanItsFiles() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = open(bytes)) {
      TarArchiveEntry bomb = new TarArchiveEntry("bomb");
      bomb.setSize(10_000_000);
      tar.putArchiveEntry(bomb);
      tar.write(new byte[10_000_000]);
      tar.closeArchiveEntry();
    }

    Applied applied = apply(bytes.toByteArray());

    assertEquals(1, applied.errors().size());
    assertTrue(
        applied.errors().get(0).contains("the archive is longer than its files"),
        applied.errors().get(0));
  }

  @Test
  void blamesNoFileWhereARestOfTheArchiveDoesNotCome() throws Exception {
    withheld = 1;

    Applied applied = apply(tar(files));

    assertEquals(1, applied.errors().size(), applied.errors().toString());
    assertTrue(
        applied.errors().get(0).endsWith("did not come: the origin is gone"),
        applied.errors().get(0));
  }

  @Test
  void fetchesNoPieceAgainThatWasThereWhenItWasKilled() throws Exception {
    byte[] tar = tar(files);
    cutOff = Optional.of(new CutOff(root));
    withheld = 3;
    assertThrows(InterruptedException.class, () -> apply(tar));
    cutOff.get().restore();
    cutOff = Optional.empty();
    withheld = 0;

    Applied applied = apply(tar);

    assertEquals(List.of(), applied.errors());
    assertEquals(3, asked.cardinality(), asked.toString());
    assertHasFiles();
    assertFalse(Files.exists(root.resolve(Planner.STAGE)));
  }

  private Applied apply(byte[] tar) throws Exception {
    return applyDeflated(deflate(tar));
  }

  private Applied applyDeflated(byte[] archive) throws Exception {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < archive.length; at += CHUNK_BYTES) {
      pieces.add(Arrays.copyOfRange(archive, at, Math.min(archive.length, at + CHUNK_BYTES)));
    }
    List<ChunkRef> chunks =
        pieces.stream().map(piece -> ChunkRef.raw(Digest.of(piece), piece.length)).toList();
    Manifest manifest =
        new Manifest(chunks, entries(), IntStream.range(0, chunks.size()).boxed().toList());
    Content content =
        (wanted, sink) -> {
          asked = wanted;
          for (int i = wanted.length() - 1 - withheld; i >= 0; i--) {
            sink.put(i, ByteBuffer.wrap(pieces.get(i)));
          }
          if (cutOff.isPresent()) {
            throw cutOff.get().kill();
          }
          return withheld == 0 ? Optional.empty() : Optional.of("the origin is gone");
        };
    var plan =
        new Planner(root, Optional.empty(), new DeployOptions(false, false), bytes -> {}, Set.of())
            .plan(manifest);
    return new Application(
            root, manifest, plan, content, new ProgressMeter(event -> {}), Durability.FORCED)
        .run();
  }

  private List<Entry> entries() {
    Map<RelativePath, Entry> entries = new TreeMap<>();
    RelativePath directory = new RelativePath("d");
    entries.put(directory, new Directory(directory, 0755, Tree.TIME));
    files.forEach(
        (path, bytes) -> {
          RelativePath at = new RelativePath(path);
          entries.put(
              at, new RegularFile(at, 0644, Tree.TIME, bytes.length, Digest.of(bytes), List.of()));
        });
    return List.copyOf(entries.values());
  }

  private void assertHasFiles() throws IOException {
    for (var file : files.entrySet()) {
      assertArrayEquals(file.getValue(), Files.readAllBytes(root.resolve(file.getKey())));
    }
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = open(bytes)) {
      putFiles(tar, files);
    }
    return bytes.toByteArray();
  }

  private static void putFiles(TarArchiveOutputStream tar, Map<String, byte[]> files)
      throws IOException {
    for (var file : files.entrySet()) {
      TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
      entry.setSize(file.getValue().length);
      tar.putArchiveEntry(entry);
      tar.write(file.getValue());
      tar.closeArchiveEntry();
    }
  }

  private static TarArchiveOutputStream open(ByteArrayOutputStream bytes) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    return tar;
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, String content)
      throws IOException {
    byte[] bytes = content.getBytes(UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static byte[] deflate(byte[] tar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var zstd = ZstdStreams.deflate(bytes)) {
      zstd.write(tar);
    }
    return bytes.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
