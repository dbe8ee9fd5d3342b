package io.codeploy.agent.apply;

import static java.nio.file.StandardOpenOption.CREATE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.plan.Planner;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Slice;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftOverTest {
  private static final int BIG = 128 << 10;

  @TempDir Path temporary;
  private Path root;
  private CutOff cutOff;

  /** What the last run asked for. */
  private final BitSet asked = new BitSet();

  @BeforeEach
  void resolveRoot() throws IOException {
    root = temporary.toRealPath().resolve("root");
    cutOff = new CutOff(root);
  }

  @ParameterizedTest(name = "after {0} chunks")
  @ValueSource(ints = {0, 1, 7, 12, 13, 19, 20})
  void fetchesNoChunkAgainThatWasWritten(int chunks) throws Exception {
    Tree tree = new Tree().file("a", 0444, random(12_345)).file("d", 0755, random(7000));
    cut(tree, chunks);

    Applied applied = apply(tree);

    assertEquals(List.of(), applied.errors());
    assertEquals(range(chunks, 20), asked);
    Deployed.assertHas(root, tree);
  }

  @Test
  void findsContentThatBelongsElsewhereByNow() throws Exception {
    cut(new Tree().file("gone", 0644, random(500)).file("old", 0644, random(5000)), 4);
    byte[] shared = random(5000);
    byte[] twice = new byte[5500];
    System.arraycopy(shared, 0, twice, 0, 5000);
    Tree tree = new Tree().file("copy", 0644, shared).file("longer", 0644, twice);
    tree.file("new", 0644, shared);

    Applied applied = apply(tree);

    assertEquals(List.of(), applied.errors());
    assertEquals(range(3, 6), asked, "the first three were written, for one of the three files");
    Deployed.assertHas(root, tree);
  }

  @Test
  void takesFilesThatWereAboutToBeSwitched() throws Exception {
    Tree tree = new Tree().file("a", 04750, random(3000)).file("b", 0400, random(2500));
    cut(tree, 6);
    Files.setAttribute(staged(random(3000)), "unix:mode", 04750);
    Files.setAttribute(staged(random(2500)), "unix:mode", 0400);

    Applied applied = apply(tree);

    assertEquals(List.of(), applied.errors());
    assertEquals(new BitSet(), asked);
    Deployed.assertHas(root, tree);
  }

  /** Only root can do anything with it; for others it is begun anew. */
  @Test
  void getsOverAFileThatItMayNotOpenAnyMore() throws Exception {
    Tree tree = new Tree().file("a", 0, random(3000)).file("b", 0644, random(2500));
    cut(tree, 6);
    Files.setPosixFilePermissions(staged(random(3000)), Set.of());

    Applied applied = apply(tree);

    assertEquals(List.of(), applied.errors());
    assertEquals(2, applied.counts().created());
    assertArrayEquals(random(2500), Files.readAllBytes(root.resolve("b")));
    assertFalse(asked.get(3), "what may be opened was there");
  }

  @Test
  void fetchesWhatWasDamaged() throws Exception {
    Tree tree = new Tree().file("a", 0644, random(10_000));
    cut(tree, 8);
    try (RandomAccessFile file = new RandomAccessFile(staged(random(10_000)).toFile(), "rw")) {
      file.seek(2500);
      file.write(new byte[100]);
      file.seek(20_000);
      file.write(1);
    }

    Applied applied = apply(tree);

    assertEquals(List.of(), applied.errors());
    BitSet lacking = range(8, 10);
    lacking.set(2);
    assertEquals(lacking, asked);
    Deployed.assertHas(root, tree);
  }

  /** Blocks of zeros are left out when a chunk is written: what lay there must not show. */
  @Test
  void leavesNothingWhereZerosBelong() throws Exception {
    byte[] content = new byte[4 * BIG];
    System.arraycopy(random(BIG), 0, content, 3 * BIG, BIG);
    byte[] garbage = random(4 * BIG);
    leave(content, garbage);

    Applied applied = applyBig(content);

    assertEquals(List.of(), applied.errors());
    assertArrayEquals(content, Files.readAllBytes(root.resolve("big")));
  }

  @Test
  void takesAFileThatIsPartOfAChunkAsAWholeOrNotAtAll() throws Exception {
    byte[] pack = random(9000);
    byte[] first = Arrays.copyOf(pack, 4000);
    byte[] second = Arrays.copyOfRange(pack, 4000, 9000);
    Manifest manifest =
        new Manifest(
            List.of(ChunkRef.raw(Digest.of(pack), pack.length)),
            List.of(
                file("first", first, List.of(new Slice(0, 0, 4000))),
                file("second", second, List.of(new Slice(0, 4000, 5000)))),
            List.of());
    leave(first, first);
    leave(second, Arrays.copyOf(second, 4999));

    Applied applied = run(manifest, giving(chunk -> pack));

    assertEquals(List.of(), applied.errors());
    assertEquals(range(0, 1), asked);
    assertArrayEquals(first, Files.readAllBytes(root.resolve("first")));
    assertArrayEquals(second, Files.readAllBytes(root.resolve("second")));

    Files.delete(root.resolve("first"));
    Files.delete(root.resolve("second"));
    leave(first, first);
    leave(second, second);
    asked.clear();
    run(manifest, giving(chunk -> pack));
    assertEquals(new BitSet(), asked);
    assertArrayEquals(second, Files.readAllBytes(root.resolve("second")));
  }

  @Test
  void opensNothingThatIsNoFile() throws Exception {
    Tree tree = new Tree().file("a", 0644, random(1500)).file("b", 0644, random(1600));
    Path precious = Files.write(temporary.resolve("precious"), random(1500));
    leave(new byte[0], new byte[0]);
    Files.createSymbolicLink(staged(random(1500)), precious);
    Files.createDirectories(staged(random(1600)).resolve("below"));

    Applied applied = apply(tree);

    assertEquals(List.of(), applied.errors());
    assertEquals(range(0, 4), asked);
    assertFalse(Files.isSymbolicLink(root.resolve("a")));
    assertArrayEquals(random(1500), Files.readAllBytes(precious));
    Deployed.assertHas(root, tree);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwx--x---", "rwx-----x"})
  void takesNothingFromAStageThatOthersMayEnter(String mode) throws Exception {
    Tree tree = new Tree().file("a", 0644, random(1500));
    cut(tree, 2);
    Files.setPosixFilePermissions(cutOff.stage(), PosixFilePermissions.fromString(mode));

    Applied applied = apply(tree);

    assertEquals(List.of(), applied.errors());
    assertEquals(range(0, 2), asked);
    Deployed.assertHas(root, tree);
  }

  /** As when an agent of another version still does what its controller has left it with. */
  @Test
  void takesNothingFromAStageInWhichAnotherIsAtWork() throws Exception {
    Tree tree = new Tree().file("a", 0644, random(5500));
    cut(tree, 2);
    try (FileChannel lock =
        FileChannel.open(cutOff.stage().resolve("lock"), CREATE, StandardOpenOption.WRITE)) {
      assertNotNull(lock.tryLock());

      Applied applied = apply(tree);

      assertEquals(List.of(), applied.errors());
      assertEquals(range(0, 6), asked);
      Deployed.assertHas(root, tree);
    }
  }

  private void cut(Tree tree, int chunks) throws Exception {
    assertThrows(
        InterruptedException.class, () -> run(tree.manifest(), cutOff.after(tree, chunks)));
    cutOff.restore();
  }

  private Applied apply(Tree tree) throws Exception {
    return run(tree.manifest(), giving(tree::chunk));
  }

  private Applied applyBig(byte[] content) throws Exception {
    byte[] zeros = new byte[BIG];
    byte[] end = Arrays.copyOfRange(content, 3 * BIG, 4 * BIG);
    List<Slice> slices =
        List.of(
            new Slice(0, 0, BIG), new Slice(0, 0, BIG), new Slice(0, 0, BIG), new Slice(1, 0, BIG));
    Manifest manifest =
        new Manifest(
            List.of(ChunkRef.raw(Digest.of(zeros), BIG), ChunkRef.raw(Digest.of(end), BIG)),
            List.of(file("big", content, slices)),
            List.of());
    return run(manifest, giving(chunk -> chunk == 0 ? zeros : end));
  }

  private static RegularFile file(String path, byte[] content, List<Slice> slices) {
    return new RegularFile(
        new RelativePath(path), 0644, Tree.TIME, content.length, Digest.of(content), slices);
  }

  private interface Chunks {
    byte[] get(int chunk);
  }

  private Content giving(Chunks chunks) {
    return (wanted, sink) -> {
      asked.or(wanted);
      for (int chunk : wanted.stream().toArray()) {
        sink.put(chunk, ByteBuffer.wrap(chunks.get(chunk)));
      }
      return Optional.empty();
    };
  }

  private Applied run(Manifest manifest, Content content) throws Exception {
    var plan =
        new Planner(root, Optional.empty(), new DeployOptions(false, false), bytes -> {}, Set.of())
            .plan(manifest);
    ProgressMeter progress = new ProgressMeter(event -> {});
    Applied applied =
        new Application(root, manifest, plan, content, progress, Durability.FORCED).run();
    assertFalse(Files.exists(cutOff.stage(), LinkOption.NOFOLLOW_LINKS), "the stage is gone");
    return applied;
  }

  private Path staged(byte[] content) {
    return cutOff.stage().resolve(new StagedNames().next(Digest.of(content)));
  }

  /** Has a deployment be cut off as {@code there} had been written of a file. */
  private void leave(byte[] content, byte[] there) throws IOException {
    Files.createDirectories(cutOff.stage());
    Files.setPosixFilePermissions(cutOff.stage(), PosixFilePermissions.fromString("rwx------"));
    Files.write(staged(content), there);
  }

  private static BitSet range(int from, int to) {
    BitSet range = new BitSet();
    range.set(from, to);
    return range;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
