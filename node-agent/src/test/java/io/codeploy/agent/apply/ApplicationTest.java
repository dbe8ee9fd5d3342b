package io.codeploy.agent.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentEvent.Counts;
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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {
  private static final DeployOptions PLAIN = new DeployOptions(false, false);
  private static final DeployOptions DELETE = new DeployOptions(true, false);

  @TempDir Path temporary;
  private Path root;
  private Optional<Manifest> last = Optional.empty();

  @BeforeEach
  void resolveRoot() throws IOException {
    root = temporary.toRealPath().resolve("root");
  }

  @Test
  void makesATreeOfEveryKindOfEntry() throws Exception {
    Tree tree = new Tree().directory("bin").directory("empty").directory("a", 0555);
    tree.directory("a/b", 0500).file("a/b/deep", 0400, random(12_345)).file("bin/none", "");
    tree.file("bin/run", 0755, random(3000)).file("ä ö\n-x", 0640, random(1)).link("l", "bin/run");
    tree.link("up", "../..//x/");

    Applied applied = apply(tree, PLAIN);

    assertEquals(List.of(), applied.errors());
    assertEquals(new Counts(0, 10, 0, 0, 0), applied.counts());
    Deployed.assertHas(root, tree);
  }

  @Test
  void changesNothingAtAllTheSecondTime() throws Exception {
    Tree tree = new Tree().directory("d", 0555).file("d/f", "x").link("d/l", "a//b/");
    apply(tree, PLAIN);
    FileTime before = Files.getLastModifiedTime(root);

    Applied again = apply(tree, PLAIN, fetchingNothing());

    assertEquals(new Counts(3, 0, 0, 0, 0), again.counts());
    assertEquals(before, Files.getLastModifiedTime(root));
    Deployed.assertHas(root, tree);
  }

  @Test
  void replacesContentInAReadOnlyDirectory() throws Exception {
    apply(new Tree().directory("d", 0555).file("d/f", "old").file("d/g", "same"), PLAIN);
    Tree tree = new Tree().directory("d", 0555).file("d/f", "new").file("d/g", "same");

    Applied applied = apply(tree, PLAIN);

    assertEquals(new Counts(2, 0, 1, 0, 0), applied.counts());
    Deployed.assertHas(root, tree);
  }

  @Test
  void setsModesOfAllTwelveBitsAndMtimes() throws Exception {
    apply(new Tree().directory("d").file("f", "x").file("g", "y"), PLAIN);
    Files.setLastModifiedTime(root.resolve("g"), FileTime.fromMillis(0));
    Tree tree = new Tree().directory("d", 03777).file("f", 06755, "x".getBytes(UTF_8));
    tree.file("g", "y").file("new", 04711, random(10)).directory("made", 02775);

    Applied applied = apply(tree, PLAIN);

    assertEquals(List.of(), applied.errors());
    assertEquals(new Counts(0, 2, 0, 3, 0), applied.counts());
    Deployed.assertHas(root, tree);
  }

  @Test
  void sealsManyFilesTogether() throws Exception {
    Tree tree = new Tree();
    for (int i = 0; i < 200; i++) {
      tree.file("f%03d".formatted(i), i % 2 == 0 ? 0400 : 06755, random(i));
    }

    Applied applied = apply(tree, PLAIN);

    assertEquals(List.of(), applied.errors());
    assertEquals(new Counts(0, 200, 0, 0, 0), applied.counts());
    Deployed.assertHas(root, tree);
  }

  @Test
  void writesAFileThatItsOwnerMayNotRead() throws Exception {
    Applied applied = apply(new Tree().file("f", 0200, random(1)), PLAIN);

    assertEquals(List.of(), applied.errors());
    assertEquals(new Counts(0, 1, 0, 0, 0), applied.counts());
    assertEquals(
        Set.of(PosixFilePermission.OWNER_WRITE), Files.getPosixFilePermissions(root.resolve("f")));
  }

  /** As root it may be read all the same. */
  @Test
  void replacesFilesThatMayNotBeRead() throws Exception {
    Tree tree = new Tree().file("same", "x").file("changed", "old");
    apply(tree, PLAIN);
    for (String file : List.of("same", "changed")) {
      Files.setPosixFilePermissions(root.resolve(file), Set.of());
    }
    Tree next = new Tree().file("same", "x").file("changed", "new");

    Applied applied = apply(next, PLAIN);

    assertEquals(List.of(), applied.errors());
    Deployed.assertHas(root, next);
  }

  @Test
  void replacesWrongTypesOfTheLastDeploymentAndDeletesTheRest() throws Exception {
    Tree old = new Tree().directory("x").file("x/below", "1").file("y", "2").link("z", "y");
    apply(old, PLAIN);
    last = Optional.of(old.manifest());
    Files.createDirectories(root.resolve("surplus/a"));
    Files.createSymbolicLink(root.resolve("surplus/l"), temporary);
    Tree tree = new Tree().file("x", "3").directory("y").file("y/below", "4").directory("z");

    Applied applied = apply(tree, DELETE);

    assertEquals(List.of(), applied.errors());
    assertEquals(new Counts(0, 1, 3, 0, 3), applied.counts());
    Deployed.assertHas(root, tree);
    assertEquals(List.of("x", "y", "z"), names(root));
    assertTrue(Files.isDirectory(temporary));
  }

  @Test
  void toldOfOnePathGoesOnWithTheOthers() throws Exception {
    Files.createDirectories(root.resolve("f"));
    Tree tree = new Tree().file("f", "x").file("g", "y");

    Applied applied = apply(tree, PLAIN);

    assertEquals(
        List.of(root + "/f: is a directory where a file must be; remove it on the node"),
        applied.errors());
    assertEquals("y", Files.readString(root.resolve("g")));
  }

  @Test
  void followsNoLinkThatIsPlantedAfterThePlanWasMade() throws Exception {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Tree tree = new Tree().directory("d").file("d/f", "x").file("g", "y");
    apply(new Tree().directory("d"), PLAIN);
    Plan plan = plan(tree, PLAIN);
    Files.delete(root.resolve("d"));
    Files.createSymbolicLink(root.resolve("d"), outside);

    Applied applied = run(tree, plan, new TreeContent(tree));

    assertEquals(List.of(), names(outside));
    assertEquals(1, applied.errors().size());
    assertTrue(applied.errors().get(0).startsWith(root + "/d/f: "), applied.errors().get(0));
    assertEquals("y", Files.readString(root.resolve("g")));
  }

  @Test
  void unlinksAStageThatIsALinkAndLeavesItsTarget() throws Exception {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "x");
    Files.createDirectory(root);
    Files.createSymbolicLink(root.resolve(Planner.STAGE), outside);

    apply(new Tree().file("f", "x"), PLAIN);

    assertEquals(List.of("precious"), names(outside));
    assertEquals(List.of("f"), names(root));
  }

  @Test
  void removesWhatACrashHasLeftEvenWhenThereIsNothingToDo() throws Exception {
    Tree tree = new Tree().file("f", "x");
    apply(tree, PLAIN);
    Files.createDirectories(root.resolve(Planner.STAGE).resolve("s1/locked"));
    Files.setAttribute(root.resolve(Planner.STAGE).resolve("s1"), "unix:mode", 0500);

    apply(tree, PLAIN);

    assertEquals(List.of("f"), names(root));
  }

  @Test
  void keepsTheOldFileWhenTheNewContentIsNotWhatTheManifestSays() throws Exception {
    apply(new Tree().file("f", "old").file("g", "old"), PLAIN);
    Tree tree = new Tree().file("g", "new");
    byte[] other = "other".getBytes(UTF_8);
    Tree source = new Tree().file("g", "new").file("f", "false");
    int chunk = 1;
    Manifest honest = source.manifest();
    tree.add(
        new RegularFile(
            new RelativePath("f"),
            0644,
            Tree.TIME,
            5,
            Digest.of(other),
            List.of(new Slice(chunk, 0, 5))));
    Manifest lying = new Manifest(honest.chunks(), tree.entries(), List.of());

    Applied applied = run(lying, plan(lying, PLAIN), new TreeContent(source));

    assertEquals(
        List.of(root + "/f: the content that came is not what the manifest says; deploy again"),
        applied.errors());
    assertEquals("old", Files.readString(root.resolve("f")));
    assertEquals("new", Files.readString(root.resolve("g")));
  }

  @Test
  void saysWhatLacksContentAndDeletesNothingThen() throws Exception {
    Files.createDirectories(root);
    Files.writeString(root.resolve("surplus"), "x");
    Tree tree = new Tree().file("a", "1").file("b", "2").file("c", "3");

    Applied applied = apply(tree, DELETE, new TreeContent(tree).stoppingAfter(1));

    assertEquals(
        List.of(
            root + ": the content of b and 1 other file did not come: the origin is gone",
            root + ": nothing was deleted, since content is missing"),
        applied.errors());
    assertEquals(List.of("a", "surplus"), names(root));
  }

  @Test
  void copiesARenamedFileInsteadOfFetchingIt() throws Exception {
    Tree old = new Tree().file("old", 0644, random(500_000));
    apply(old, PLAIN);
    last = Optional.of(old.manifest());
    Tree tree = new Tree().file("new", 0600, random(500_000));

    Applied applied = apply(tree, DELETE, fetchingNothing());

    assertEquals(new Counts(0, 1, 0, 0, 1), applied.counts());
    Deployed.assertHas(root, tree);
  }

  @Test
  void fetchesARenamedFileThatWasAlteredBehindItsMtime() throws Exception {
    Tree old = new Tree().file("old", "content");
    apply(old, PLAIN);
    last = Optional.of(old.manifest());
    Files.writeString(root.resolve("old"), "altered");
    Files.setLastModifiedTime(root.resolve("old"), FileTime.from(Tree.TIME));
    Tree tree = new Tree().file("new", "content");

    apply(tree, PLAIN);

    assertEquals("content", Files.readString(root.resolve("new")));
  }

  @Test
  void completesWhatAnInterruptedRunHasBegun() throws Exception {
    Tree tree = new Tree().directory("d", 0555).file("d/a", "1").file("d/b", "2").file("c", "3");
    Content interrupting =
        (wanted, sink) -> {
          sink.put(wanted.nextSetBit(0), ByteBuffer.wrap(tree.chunk(wanted.nextSetBit(0))));
          throw new InterruptedException();
        };

    assertThrows(InterruptedException.class, () -> apply(tree, PLAIN, interrupting));
    Applied applied = apply(tree, PLAIN);

    assertEquals(List.of(), applied.errors());
    Deployed.assertHas(root, tree);
  }

  @Test
  void foldsManyPathsWithOneReason() throws Exception {
    Tree tree = new Tree();
    for (int i = 10; i < 35; i++) {
      Files.createDirectories(root.resolve("f" + i));
      tree.file("f" + i, "x");
    }

    Applied applied = apply(tree, PLAIN);

    assertEquals(11, applied.errors().size());
    assertEquals(
        "15 more paths: is a directory where a file must be; remove it on the node",
        applied.errors().get(10));
  }

  private Applied apply(Tree tree, DeployOptions options) throws Exception {
    return apply(tree, options, new TreeContent(tree));
  }

  private Applied apply(Tree tree, DeployOptions options, Content content) throws Exception {
    return run(tree, plan(tree, options), content);
  }

  private Plan plan(Tree tree, DeployOptions options) throws IOException {
    return plan(tree.manifest(), options);
  }

  private Plan plan(Manifest manifest, DeployOptions options) throws IOException {
    return new Planner(root, last, options, bytes -> {}, Set.of()).plan(manifest);
  }

  private Applied run(Tree tree, Plan plan, Content content) throws Exception {
    return run(tree.manifest(), plan, content);
  }

  private Applied run(Manifest manifest, Plan plan, Content content) throws Exception {
    ProgressMeter progress = new ProgressMeter(event -> {});
    Applied applied =
        new Application(root, manifest, plan, content, progress, Durability.FORCED).run();
    assertFalse(Files.exists(root.resolve(Planner.STAGE)), "the stage is gone");
    return applied;
  }

  /** For deployments that fetch nothing. */
  private static Content fetchingNothing() {
    return (wanted, sink) -> {
      throw new AssertionError("fetches " + wanted);
    };
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
