package io.codeploy.agent.apply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.plan.Plan;
import io.codeploy.agent.plan.Planner;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentOnDiskTest {
  private static final int CHUNKS = 50;

  @TempDir Path temporary;
  private Path root;
  private final BitSet fetched = new BitSet();

  @BeforeEach
  void resolveRoot() throws IOException {
    root = temporary.toRealPath().resolve("root");
  }

  @Test
  void fetchesOfAChangedFileOnlyTheChunksThatChanged() throws Exception {
    Tree old = deployed(new Tree().directory("d").file("d/big", 0644, content()));
    byte[] changed = content();
    changed[20_500]++;
    Tree tree = new Tree().directory("d").file("d/big", 0644, changed);

    redeploy(old, tree, () -> {});

    assertEquals(BitSet.valueOf(new long[] {1L << 20}), fetched);
    assertArrayEquals(changed, Files.readAllBytes(root.resolve("d/big")));
  }

  @Test
  void findsTheChunksOfAFileThatWasMovedAndChanged() throws Exception {
    Tree old = deployed(new Tree().file("app-1", 0644, content()));
    byte[] changed = content();
    changed[0]++;
    Tree tree = new Tree().directory("lib").file("lib/app-2", 0644, changed);

    redeploy(old, tree, () -> {});

    assertEquals(BitSet.valueOf(new long[] {1}), fetched);
    assertArrayEquals(changed, Files.readAllBytes(root.resolve("lib/app-2")));
  }

  @Test
  void fetchesNothingOfAMovedFileThatSomebodyTouched() throws Exception {
    Tree old = deployed(new Tree().file("old", 0644, content()));
    Files.setLastModifiedTime(root.resolve("old"), FileTime.fromMillis(0));

    redeploy(old, new Tree().file("new", 0644, content()), () -> {});

    assertEquals(new BitSet(), fetched);
    assertArrayEquals(content(), Files.readAllBytes(root.resolve("new")));
  }

  @Test
  void putsAPackTogetherFromItsFiles() throws Exception {
    byte[] pack = Arrays.copyOf(content(), 1000);
    Tree old = deployed(packed(pack, "a", "b"));
    Files.setLastModifiedTime(root.resolve("a"), FileTime.fromMillis(0));
    Files.setLastModifiedTime(root.resolve("b"), FileTime.fromMillis(0));

    redeploy(old, packed(pack, "c", "d"), () -> {});

    assertEquals(new BitSet(), fetched);
    assertArrayEquals(Arrays.copyOf(pack, 400), Files.readAllBytes(root.resolve("c")));
  }

  @Test
  void fetchesChunksThatTheOldFileHasNoMore() throws Exception {
    Tree old = deployed(new Tree().file("f", 0644, content()));
    byte[] changed = content();
    changed[49_999]++;
    byte[] altered = content();
    altered[10_000]++;
    altered[11_999]++;

    redeploy(
        old, new Tree().file("f", 0644, changed), () -> Files.write(root.resolve("f"), altered));

    assertEquals(BitSet.valueOf(new long[] {1L << 10 | 1L << 11 | 1L << 49}), fetched);
    assertArrayEquals(changed, Files.readAllBytes(root.resolve("f")));
  }

  /** What becomes of the old file after the plan was made. */
  static Stream<Arguments> accidents() {
    return Stream.of(
        Arguments.of("gone", (Accident) Files::delete),
        Arguments.of("empty", (Accident) file -> Files.write(file, new byte[0])),
        Arguments.of("a link", (Accident) ContentOnDiskTest::becomeALink),
        Arguments.of("a directory", (Accident) ContentOnDiskTest::becomeADirectory),
        Arguments.of("a named pipe", (Accident) ContentOnDiskTest::becomeAPipe));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accidents")
  void fetchesAllWhenTheOldFileIs(String name, Accident accident) throws Exception {
    Tree old = deployed(new Tree().directory("d").file("d/f", 0644, content()).file("g", "x"));
    byte[] changed = content();
    changed[0]++;
    Tree tree = new Tree().directory("d").file("d/f2", 0644, changed).file("d/g2", "x");

    redeploy(old, tree, () -> accident.befall(root.resolve("d/f")));

    assertEquals(CHUNKS, fetched.cardinality());
    assertArrayEquals(changed, Files.readAllBytes(root.resolve("d/f2")));
    assertEquals("x", Files.readString(root.resolve("d/g2")));
  }

  @Test
  void readsTheDiskWhileTheOthersAreFetched() throws Exception {
    Tree old = deployed(new Tree().file("f", 0644, content()));
    byte[] changed = content();
    changed[0]++;
    Manifest manifest = new Tree().file("f", 0644, changed).manifest();
    CountDownLatch read = new CountDownLatch(CHUNKS - 1);
    Content network =
        (wanted, sink) -> {
          assertTrue(read.await(10, TimeUnit.MINUTES));
          return Optional.of("gone");
        };

    Optional<String> cause =
        new ContentOnDisk(root, old.manifest(), manifest.chunks(), network)
            .fetch(all(manifest), (chunk, plain) -> read.countDown());

    assertEquals(Optional.of("gone"), cause);
  }

  @Test
  void endsWhenTheSinkTakesNoMore() throws Exception {
    Tree old = deployed(new Tree().file("f", 0644, content()));
    Manifest manifest = old.manifest();
    Content onDisk = new ContentOnDisk(root, manifest, manifest.chunks(), this::fetchNothing);

    IOException e =
        assertThrows(
            IOException.class,
            () ->
                onDisk.fetch(
                    all(manifest),
                    (chunk, plain) -> {
                      throw new IOException("no space left on device");
                    }));

    assertEquals("no space left on device", e.getMessage());
  }

  @FunctionalInterface
  interface Accident {
    void befall(Path file) throws Exception;
  }

  @FunctionalInterface
  private interface Meanwhile {
    void happen() throws Exception;
  }

  private static void becomeALink(Path file) throws IOException {
    Path same = file.resolveSibling("same");
    Files.move(file, same);
    Files.createSymbolicLink(file, same);
  }

  private static void becomeADirectory(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
  }

  private static void becomeAPipe(Path file) throws Exception {
    Files.delete(file);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
  }

  private Tree deployed(Tree tree) throws Exception {
    apply(tree.manifest(), plan(tree.manifest(), Optional.empty()), new TreeContent(tree));
    return tree;
  }

  private void redeploy(Tree old, Tree tree, Meanwhile meanwhile) throws Exception {
    Manifest manifest = tree.manifest();
    Plan plan = plan(manifest, Optional.of(old.manifest()));
    meanwhile.happen();
    TreeContent content = new TreeContent(tree);
    Content counting =
        (wanted, sink) -> {
          fetched.or(wanted);
          return content.fetch(wanted, sink);
        };
    apply(manifest, plan, new ContentOnDisk(root, old.manifest(), manifest.chunks(), counting));
  }

  private Plan plan(Manifest manifest, Optional<Manifest> last) throws IOException {
    return new Planner(root, last, new DeployOptions(false, false), bytes -> {}, Set.of())
        .plan(manifest);
  }

  private void apply(Manifest manifest, Plan plan, Content content) throws Exception {
    ProgressMeter progress = new ProgressMeter(event -> {});
    Applied applied =
        new Application(root, manifest, plan, content, progress, Durability.CACHED).run();
    assertEquals(List.of(), applied.errors());
  }

  private Optional<String> fetchNothing(BitSet wanted, Content.PlainSink sink) {
    assertTrue(wanted.isEmpty(), wanted::toString);
    return Optional.empty();
  }

  /** Two files in one chunk. */
  private static Tree packed(byte[] pack, String first, String second) {
    Tree tree = new Tree().file(first, 0644, pack);
    tree.add(member(pack, first, 0, 400));
    return tree.add(member(pack, second, 400, 600));
  }

  private static RegularFile member(byte[] pack, String path, int offset, int length) {
    Digest digest = Digest.of(pack, offset, length);
    List<Slice> slices = List.of(new Slice(0, offset, length));
    return new RegularFile(new RelativePath(path), 0644, Tree.TIME, length, digest, slices);
  }

  private static BitSet all(Manifest manifest) {
    BitSet all = new BitSet();
    all.set(0, manifest.chunks().size());
    return all;
  }

  private static byte[] content() {
    byte[] bytes = new byte[CHUNKS * 1000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
