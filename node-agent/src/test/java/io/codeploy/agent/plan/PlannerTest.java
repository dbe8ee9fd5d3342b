package io.codeploy.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.plan.Change.Delete;
import io.codeploy.agent.plan.Change.MakeDirectory;
import io.codeploy.agent.plan.Change.MakeLink;
import io.codeploy.agent.plan.Change.Prior;
import io.codeploy.agent.plan.Change.Refuse;
import io.codeploy.agent.plan.Change.SetAttributes;
import io.codeploy.agent.plan.Change.WriteFile;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.ignore.IgnorePatterns;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  private static final DeployOptions PLAIN = new DeployOptions(false, false);
  private static final DeployOptions DELETE = new DeployOptions(true, false);
  private static final DeployOptions CHECKSUM = new DeployOptions(false, true);

  @TempDir Path root;
  private final AtomicLong bytesRead = new AtomicLong();
  private Set<Path> spared = Set.of();

  @Test
  void createsEverythingWhereNothingIs() throws IOException {
    Tree tree = new Tree().directory("d").file("d/ä ö", "x").link("l", "d").file("empty", "");

    Plan plan = plan(root.resolve("none"), Optional.empty(), PLAIN, tree.manifest());

    assertEquals(4, plan.changes().size());
    assertEquals(Prior.NOTHING, plan.only(MakeDirectory.class).get(0).prior());
    assertEquals(Prior.NOTHING, plan.only(MakeLink.class).get(0).prior());
    assertTrue(plan.only(WriteFile.class).stream().allMatch(w -> w.prior() == Prior.NOTHING));
  }

  @Test
  void needsNothingWhereTheTreeIs() throws IOException {
    Tree tree = new Tree().directory("d").link("d/l", "../f");
    put("d/l", "../f");
    tree.file("f", "content");
    put("f", 0644, "content", Tree.TIME);
    attributes("d", 0755, Tree.TIME);

    Plan plan = plan(root, Optional.empty(), PLAIN, tree.manifest());

    assertEquals(List.of(), plan.changes());
    assertEquals(3, plan.unchanged());
  }

  @Test
  void readsAFileThatNoRecordVouchesFor() throws IOException {
    put("f", 0644, "content", Tree.TIME);

    Plan plan = plan(root, Optional.empty(), PLAIN, new Tree().file("f", "content").manifest());

    assertEquals(List.of(), plan.changes());
    assertEquals(7, bytesRead.get());
  }

  @Test
  void trustsTheRecordOfTheLastDeploymentForSizeAndMtime() throws IOException {
    put("f", 0644, "altered", Tree.TIME);
    Manifest same = new Tree().file("f", "content").manifest();

    Plan plan = plan(root, Optional.of(same), PLAIN, same);

    assertEquals(List.of(), plan.changes());
    assertEquals(0, bytesRead.get());
  }

  @Test
  void readsEveryFileForChecksumsDespiteTheRecord() throws IOException {
    put("f", 0644, "altered", Tree.TIME);
    Manifest same = new Tree().file("f", "content").manifest();

    Plan plan = plan(root, Optional.of(same), CHECKSUM, same);

    assertEquals(Prior.REPLACEABLE, plan.only(WriteFile.class).get(0).prior());
    assertEquals(7, bytesRead.get());
  }

  @Test
  void readsAFileWhoseMtimeIsNotThatOfTheRecord() throws IOException {
    put("f", 0644, "altered", Tree.TIME.plusNanos(1));
    Manifest same = new Tree().file("f", "content").manifest();

    Plan plan = plan(root, Optional.of(same), PLAIN, same);

    assertEquals(1, plan.only(WriteFile.class).size());
  }

  @Test
  void readsNothingWhenTheRecordSaysThatTheContentIsAnother() throws IOException {
    put("f", 0644, "old one", Tree.TIME);
    Manifest last = new Tree().file("f", "old one").manifest();

    Plan plan = plan(root, Optional.of(last), PLAIN, new Tree().file("f", "content").manifest());

    assertEquals(1, plan.only(WriteFile.class).size());
    assertEquals(0, bytesRead.get());
  }

  @Test
  void seesThatOnlyAttributesDiffer() throws IOException {
    put("mode", 0755, "content", Tree.TIME);
    put("mtime", 0644, "content", Tree.TIME.plusSeconds(1));
    put("special", 0644, "content", Tree.TIME);
    Files.setAttribute(root.resolve("special"), "unix:mode", 04644);
    Tree tree =
        new Tree().file("mode", "content").file("mtime", "content").file("special", "content");

    Plan plan = plan(root, Optional.empty(), PLAIN, tree.manifest());

    assertEquals(3, plan.only(SetAttributes.class).size());
    assertEquals(3, plan.changes().size());
  }

  @Test
  void refusesWhatIsOfAnotherTypeAndAllBelowItOnce() throws IOException {
    put("d", 0644, "a file", Tree.TIME);
    Files.createDirectory(root.resolve("f"));
    put("f/user data", 0644, "x", Tree.TIME);
    Tree tree = new Tree().directory("d").file("d/below", "x").file("f", "x").link("g", "f");

    Plan plan = plan(root, Optional.empty(), DELETE, tree.manifest());

    List<Refuse> refused = plan.only(Refuse.class);
    assertEquals(List.of("d", "f"), refused.stream().map(Refuse::path).toList());
    assertEquals(
        "is a file where a directory must be; remove it on the node", refused.get(0).reason());
    assertEquals(3, plan.changes().size());
  }

  @Test
  void replacesAnotherTypeOfTheLastDeploymentOnlyWithDelete() throws IOException {
    put("d", 0644, "x", Tree.TIME);
    Manifest last = new Tree().file("d", "x").manifest();
    Manifest wanted = new Tree().directory("d").file("d/below", "y").manifest();

    Plan without = plan(root, Optional.of(last), PLAIN, wanted);
    Plan with = plan(root, Optional.of(last), DELETE, wanted);

    assertEquals(
        "is a file where a directory must be; deploy with --delete to replace it",
        without.only(Refuse.class).get(0).reason());
    assertEquals(Prior.WRONG_TYPE, with.only(MakeDirectory.class).get(0).prior());
    assertEquals(Prior.NOTHING, with.only(WriteFile.class).get(0).prior());
  }

  @Test
  void doesNotLookThroughALinkWhereADirectoryMustBe() throws IOException {
    Path outside = Files.createDirectory(root.resolve("outside"));
    Path inside = Files.createDirectory(root.resolve("inside"));
    Files.writeString(outside.resolve("f"), "x");
    Files.createSymbolicLink(inside.resolve("d"), outside);

    Plan plan =
        plan(
            inside,
            Optional.empty(),
            DELETE,
            new Tree().directory("d").file("d/f", "x").manifest());

    assertEquals(1, plan.changes().size());
    assertEquals("d", plan.only(Refuse.class).get(0).path());
  }

  @Test
  void replacesFilesAndLinksByEachOther() throws IOException {
    put("was-file", 0644, "x", Tree.TIME);
    put("was-link", "target");
    Tree tree = new Tree().link("was-file", "y").file("was-link", "z");

    Plan plan = plan(root, Optional.empty(), PLAIN, tree.manifest());

    assertEquals(Prior.REPLACEABLE, plan.only(MakeLink.class).get(0).prior());
    assertEquals(Prior.REPLACEABLE, plan.only(WriteFile.class).get(0).prior());
  }

  @Test
  void deletesNothingUnlessAskedTo() throws IOException {
    put("surplus", 0644, "x", Tree.TIME);

    Plan plan = plan(root, Optional.empty(), PLAIN, new Tree().manifest());

    assertEquals(List.of(), plan.changes());
  }

  @Test
  void deletesWhatTheManifestDoesNotHaveDeepestFirst() throws IOException {
    Files.createDirectories(root.resolve("kept/a/b"));
    Files.createDirectory(root.resolve(Planner.STAGE));
    put("kept/a/b/c", 0644, "x", Tree.TIME);
    put("kept/link", "/nowhere");
    attributes("kept", 0755, Tree.TIME);

    Plan plan = plan(root, Optional.empty(), DELETE, new Tree().directory("kept").manifest());

    List<String> deleted =
        plan.only(Delete.class).stream().map(change -> change.path().toString()).toList();
    assertEquals(4, deleted.size());
    assertTrue(deleted.indexOf("kept/a/b/c") < deleted.indexOf("kept/a/b"));
    assertTrue(deleted.indexOf("kept/a/b") < deleted.indexOf("kept/a"));
    assertTrue(deleted.contains("kept/link"));
  }

  /** Whoever deploys to a home directory would else delete the agent that does it. */
  @Test
  void sparesTheAgentsOwnDirectoryAndThoseThatItIsIn() throws IOException {
    Files.createDirectories(root.resolve("var/.codeploy/store"));
    put("var/.codeploy/store/chunk", 0600, "x", Tree.TIME);
    put("var/other", 0600, "x", Tree.TIME);
    put("link", root.resolve("var/.codeploy").toString());
    spared = Set.of(root.resolve("var/.codeploy"), root.resolve("link"));

    Plan plan = plan(root, Optional.empty(), DELETE, new Tree().manifest());

    assertEquals(
        List.of("var/other"),
        plan.only(Delete.class).stream().map(change -> change.path().toString()).toList());
  }

  @Test
  void deletesNothingBelowTheRootWhereThatIsSpared() throws IOException {
    Files.createDirectories(root.resolve("store"));
    put("store/chunk", 0600, "x", Tree.TIME);
    spared = Set.of(root);

    assertEquals(List.of(), plan(root, Optional.empty(), DELETE, new Tree().manifest()).changes());
  }

  @Test
  void putsNoFileWhereADirectoryHoldsWhatIsSpared() throws IOException {
    Files.createDirectories(root.resolve("tools/agent"));
    spared = Set.of(root.resolve("tools/agent"));
    Manifest last = new Tree().directory("tools").manifest();

    Plan plan = plan(root, Optional.of(last), DELETE, new Tree().file("tools", "x").manifest());

    assertEquals(1, plan.changes().size());
    assertEquals("tools", plan.only(Refuse.class).get(0).path());
  }

  @Test
  void sparesWhatIsExcludedWithAllInItAndTheDirectoriesThatItIsIn() throws IOException {
    for (String directory : List.of("gone/cache/deep", "kept/gone/x", "uploads")) {
      Files.createDirectories(root.resolve(directory));
    }
    for (String file :
        List.of(
            "gone/a.log",
            "gone/other",
            "gone/cache/deep/b",
            "kept/c.log",
            "kept/d",
            "kept/cache",
            "kept/gone/x/y",
            "uploads/1")) {
      put(file, 0644, "x", Tree.TIME);
    }
    DeployOptions sparing =
        DELETE.sparing(
            List.of(
                new IgnorePatterns("kept/", "!*.log"),
                new IgnorePatterns("", "*.log\ncache/\n/uploads")));

    Plan plan = plan(root, Optional.empty(), sparing, new Tree().directory("kept").manifest());

    assertEquals(
        Set.of(
            "gone/other",
            "kept/c.log",
            "kept/d",
            "kept/cache",
            "kept/gone/x/y",
            "kept/gone/x",
            "kept/gone"),
        plan.only(Delete.class).stream()
            .map(change -> change.path().toString())
            .collect(Collectors.toSet()));
    assertEquals(List.of(), plan.only(Refuse.class));
  }

  @Test
  void sparesAllButWhatIsTakenBackAndWhatIsInASparedDirectoryWhateverIsSaidOfIt()
      throws IOException {
    Files.createDirectories(root.resolve("public"));
    Files.createDirectories(root.resolve("cache"));
    for (String file : List.of("upload", "public/photo.jpg", "public/old.php", "cache/page.php")) {
      put(file, 0644, "x", Tree.TIME);
    }
    DeployOptions sparing =
        DELETE.sparing(List.of(new IgnorePatterns("", "*\n!*/\n!*.php\ncache/")));

    Plan plan = plan(root, Optional.empty(), sparing, new Tree().directory("public").manifest());

    assertEquals(
        List.of("public/old.php"),
        plan.only(Delete.class).stream().map(change -> change.path().toString()).toList());
  }

  /** As rsync: what is excluded is not made way of. */
  @Test
  void putsNoFileWhereADirectoryHoldsWhatIsExcludedOrIsExcludedItself() throws IOException {
    for (String directory : List.of("a/b", "c", "d/e")) {
      Files.createDirectories(root.resolve(directory));
    }
    put("a/b/x.log", 0644, "x", Tree.TIME);
    put("d/e/x", 0644, "x", Tree.TIME);
    Manifest last =
        new Tree().directory("a").directory("c").directory("d").directory("d/e").manifest();
    DeployOptions sparing = DELETE.sparing(List.of(new IgnorePatterns("", "*.log\nc/")));

    Plan plan =
        plan(
            root,
            Optional.of(last),
            sparing,
            new Tree().file("a", "1").link("c", "a").file("d", "2").manifest());

    assertEquals(
        List.of(
            new Refuse(
                "a",
                "is a directory where a file must be; a/b/x.log is excluded and not removed: move it on the node"),
            new Refuse(
                "c",
                "is a directory where a symbolic link must be; c is excluded and not removed: move it on the node")),
        plan.only(Refuse.class));
    assertEquals(
        List.of(Prior.WRONG_TYPE),
        plan.only(WriteFile.class).stream().map(WriteFile::prior).toList());
  }

  /** The text of such a name has a character that a name in the manifest may have by itself. */
  @Test
  void deletesAFileWhoseNameIsNotUtf8() throws Exception {
    put("a\uFFFD", 0644, "x", Tree.TIME);
    Process touch =
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'a\\377')\"")
            .directory(root.toFile())
            .start();
    assertEquals(0, touch.waitFor());

    Plan plan = plan(root, Optional.empty(), DELETE, new Tree().file("a\uFFFD", "x").manifest());

    assertEquals(1, plan.changes().size());
    assertEquals("a\uFFFD", plan.only(Delete.class).get(0).path().toString());
    assertNotEquals(Path.of("a\uFFFD"), plan.only(Delete.class).get(0).path());
  }

  @Test
  void findsTheContentOfARenamedFileOnDisk() throws IOException {
    put("old", 0644, "content", Tree.TIME);
    Manifest last = new Tree().file("old", "content").manifest();

    Plan plan = plan(root, Optional.of(last), DELETE, new Tree().file("new", "content").manifest());

    assertEquals(Optional.of(new RelativePath("old")), plan.only(WriteFile.class).get(0).copyOf());
  }

  @Test
  void refusesTheNameOfTheStage() throws IOException {
    Tree tree = new Tree().directory(Planner.STAGE).file(Planner.STAGE + "/f", "x");

    Plan plan = plan(root, Optional.empty(), PLAIN, tree.manifest());

    assertEquals(1, plan.changes().size());
    assertEquals(Planner.STAGE, plan.only(Refuse.class).get(0).path());
  }

  private Plan plan(Path at, Optional<Manifest> last, DeployOptions options, Manifest manifest)
      throws IOException {
    return new Planner(at, last, options, bytesRead::addAndGet, spared).plan(manifest);
  }

  private void put(String path, int mode, String content, Instant mtime) throws IOException {
    Files.writeString(root.resolve(path), content);
    attributes(path, mode, mtime);
  }

  private void put(String path, String target) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.createSymbolicLink(root.resolve(path), Path.of(target));
  }

  private void attributes(String path, int mode, Instant mtime) throws IOException {
    Files.setAttribute(root.resolve(path), "unix:mode", mode);
    Files.setLastModifiedTime(root.resolve(path), FileTime.from(mtime));
  }
}
