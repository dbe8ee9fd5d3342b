package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives of trees that are pulled from nodes of all kinds. */
class PulledTreesIT {
  @TempDir Path directory;

  private Path home(SshNodes nodes) {
    return nodes.nodes().getFirst().home();
  }

  private PushRig.Result run(SshNodes nodes, String... words) throws IOException {
    return new PushRig(directory, nodes).run(words);
  }

  private void pull(SshNodes nodes, String... words) throws IOException {
    PushRig.Result result = run(nodes, words);
    assertEquals(ExitCode.OK, result.code(), result.err());
    assertEquals(List.of(), PushRig.stages(directory));
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void pullsATreeOfOddNamesWithModesAndTimes(Programs tools) throws IOException {
    boolean fractions = tools.tellsFractions();
    try (SshNodes nodes = tools.start(directory)) {
      Path tree = OddTree.make(home(nodes).resolve("tree"));
      Path got = Files.createDirectories(directory.resolve("got"));

      pull(nodes, "@:tree", got + "/a new name");
      assertEquals(
          OddTree.told(tree, fractions), OddTree.told(got.resolve("a new name"), fractions));

      pull(nodes, "@:tre[e]", got.toString());
      assertEquals(OddTree.told(tree, fractions), OddTree.told(got.resolve("tree"), fractions));
    }
  }

  /** Of files, large and small, and of digests; also where it does not end its line. */
  @Test
  void takesNothingThatStartUpFilesSayForContent() throws IOException {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path tree = Trees.make(home(nodes).resolve("tree"), "a", "b");
      Files.write(tree.resolve("large"), new byte[33 << 20]);
      Files.writeString(
          home(nodes).resolve(".bashrc"),
          "echo Welcome; echo noise >&2; printf 'no end of line'\n");
      Path got = directory.resolve("got");

      pull(nodes, "@:tree", got.toString());
      assertEquals(OddTree.told(tree, true), OddTree.told(got, true));

      pull(nodes, "--checksum", "@:tree/a", "@:tree/b", got.toString());
      assertEquals(ExitCode.OK, run(nodes, "--delete", got.toString(), "@:again").code());
      assertEquals(OddTree.told(tree, true), OddTree.told(home(nodes).resolve("again"), true));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX"})
  void keepsSlashesInTheTextsOfLinks(Programs tools) throws Exception {
    try (SshNodes nodes = tools.start(directory)) {
      Path tree = Files.createDirectories(home(nodes).resolve("tree"));
      List<String> texts = List.of("data/", "/data//x/", "it's\nodd/", "gr\u00fc\u00dfe/");
      for (String text : texts) {
        new ProcessBuilder("ln", "-s", text, "l" + texts.indexOf(text))
            .directory(tree.toFile())
            .start()
            .waitFor();
      }
      Path got = directory.resolve("got");

      pull(nodes, "@:tree", got.toString());
      for (String text : texts) {
        Path link = got.resolve("l" + texts.indexOf(text));
        if (!text.contains("\n")) {
          assertEquals(text, Files.readSymbolicLink(link).toString());
        }
      }
      assertTrue(run(nodes, "--dry-run", "@:tree", got.toString()).out().contains("\n. "));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void fetchesAgainOnlyWhatIsDifferent(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory)) {
      Path tree = OddTree.make(home(nodes).resolve("tree"));
      Path got = Files.createDirectories(directory.resolve("got"));
      pull(nodes, "@:tree", got.toString());
      Path copy = got.resolve("tree");
      // Of the same size and time, so that it is taken to be the same.
      Path kept = copy.resolve("two words/two words");
      Files.writeString(kept, "IN TWO WORDS");
      Files.setLastModifiedTime(
          kept, FileTime.from(OddTree.LONG_AGO.toInstant().getEpochSecond(), TimeUnit.SECONDS));
      Files.writeString(copy.resolve("-rf/-rf"), "another");
      Files.setPosixFilePermissions(
          copy.resolve("empty"), PosixFilePermissions.fromString("rwx------"));
      Files.delete(copy.resolve("new\nline/new\nline"));
      Files.delete(copy.resolve("far"));
      Files.writeString(copy.resolve("extra"), "stays");

      pull(nodes, "@:tree", got.toString());

      assertEquals("IN TWO WORDS", Files.readString(kept));
      assertEquals("in -rf", Files.readString(copy.resolve("-rf/-rf")));
      assertEquals("in new\nline", Files.readString(copy.resolve("new\nline/new\nline")));
      assertEquals("stays", Files.readString(copy.resolve("extra")));
      assertTrue(Files.isSymbolicLink(copy.resolve("far")));
      assertEquals(
          Files.getPosixFilePermissions(tree.resolve("empty")),
          Files.getPosixFilePermissions(copy.resolve("empty")));
      assertEquals(
          OddTree.LONG_AGO.toInstant().getEpochSecond(),
          Files.getLastModifiedTime(copy.resolve("-rf")).toInstant().getEpochSecond());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void replacesAFileAndALinkButNotADirectory(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory)) {
      Files.writeString(home(nodes).resolve("file"), "new");
      Path got = directory.resolve("got");
      Files.createDirectories(got.resolve("file"));
      Files.writeString(got.resolve("elsewhere"), "untouched");
      Path linked = Files.createDirectories(directory.resolve("linked"));
      Files.createSymbolicLink(linked.resolve("file"), got.resolve("elsewhere"));

      pull(nodes, "@:file", linked.toString());
      PushRig.Result refused = run(nodes, "@:file", got.toString());

      assertTrue(Files.isRegularFile(linked.resolve("file"), LinkOption.NOFOLLOW_LINKS));
      assertEquals("new", Files.readString(linked.resolve("file")));
      assertEquals("untouched", Files.readString(got.resolve("elsewhere")));
      assertEquals(ExitCode.REMOTE, refused.code());
      assertTrue(refused.err().contains("exists and is not what is copied"), refused.err());
      assertTrue(Files.isDirectory(got.resolve("file")));
    }
  }

  /** A link that an earlier pull brought must not lead a later one out of its destination. */
  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void goesThroughNoLinkBelowTheDestination(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory)) {
      Path outside = Files.createDirectories(directory.resolve("outside"));
      Path tree = Files.createDirectories(home(nodes).resolve("tree"));
      Files.createSymbolicLink(tree.resolve("way"), outside);
      Path got = Files.createDirectories(directory.resolve("got"));
      pull(nodes, "@:tree", got.toString());
      Files.delete(tree.resolve("way"));
      Files.createDirectories(tree.resolve("way"));
      Files.writeString(tree.resolve("way/file"), "evil");

      PushRig.Result whole = run(nodes, "@:tree", got.toString());
      PushRig.Result part = run(nodes, "@:tree/*", got + "/tree");

      assertEquals(ExitCode.REMOTE, whole.code());
      assertEquals(ExitCode.REMOTE, part.code());
      assertTrue(part.err().contains("tree/way: is a link here"), part.err());
      assertEquals(0, outside.toFile().list().length);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void followsALinkThatIsNamedItself(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory)) {
      Path real = Files.createDirectories(home(nodes).resolve("real"));
      Files.writeString(real.resolve("file"), "content");
      Files.createSymbolicLink(home(nodes).resolve("way"), Path.of("real"));
      Files.createSymbolicLink(home(nodes).resolve("other"), Path.of("real/file"));
      Path got = Files.createDirectories(directory.resolve("got"));

      pull(nodes, "@:way", "@:other", got.toString());

      assertEquals("content", Files.readString(got.resolve("way/file")));
      assertTrue(Files.isRegularFile(got.resolve("other"), LinkOption.NOFOLLOW_LINKS));
      assertFalse(Files.isSymbolicLink(got.resolve("way")));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void pullsALargeFileBesideSmallOnes(Programs tools) throws IOException {
    byte[] content = new byte[33 << 20];
    new Random(7).nextBytes(content);
    try (SshNodes nodes = tools.start(directory)) {
      Path big = Files.write(home(nodes).resolve("it's big"), content);
      Files.setLastModifiedTime(big, OddTree.LONG_AGO);
      Files.setPosixFilePermissions(big, PosixFilePermissions.fromString("rwxr-x---"));
      Files.writeString(home(nodes).resolve("small"), "small");

      pull(nodes, "@:it's big", "@:small", directory + "/into/");

      Path into = directory.resolve("into");
      assertEquals(-1, Files.mismatch(big, into.resolve("it's big")));
      assertEquals("small", Files.readString(into.resolve("small")));
      assertEquals(
          OddTree.LONG_AGO.toInstant().getEpochSecond(),
          Files.getLastModifiedTime(into.resolve("it's big")).toInstant().getEpochSecond());
      assertEquals(
          "rwxr-x---",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(into.resolve("it's big"))));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void fetchesNothingThatIsExcluded(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory)) {
      Path tree = home(nodes).resolve("tree");
      Files.createDirectories(tree.resolve("build"));
      Files.writeString(tree.resolve("build/x"), "x");
      Files.writeString(tree.resolve("a.o"), "o");
      Files.writeString(tree.resolve("a.c"), "c");

      pull(nodes, "--exclude", "/build/", "--exclude=*.o", "@:tree", directory + "/got");

      assertEquals(List.of("a.c"), List.of(directory.resolve("got").toFile().list()));
    }
  }

  @Test
  void leavesStagesOfCopiesUnderWayOut() throws IOException {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path tree = Files.createDirectories(home(nodes).resolve("tree"));
      Files.createDirectories(tree.resolve(".multicopy-0123456789abcdef.1.elsewhere/t/x"));
      Files.writeString(tree.resolve("file"), "content");

      run(nodes, "@:tree", directory + "/got");

      assertEquals(List.of("file"), List.of(directory.resolve("got").toFile().list()));
    }
  }

  @Test
  void completesWhatAKilledClientBegan() throws Exception {
    byte[] content = new byte[128 << 20];
    new Random(9).nextBytes(content);
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path tree = Files.createDirectories(home(nodes).resolve("tree"));
      Files.write(tree.resolve("big"), content);
      Files.writeString(tree.resolve("small"), "small");
      Path got = Files.createDirectories(directory.resolve("got"));
      Process client = new PushRig(directory, nodes).start("@:tree", got.toString());
      PushRig.until(
          "a part of the file is there", () -> !parts(got).isEmpty() || !client.isAlive());
      client.destroyForcibly().waitFor();
      assertFalse(Files.exists(got.resolve("tree")));
      Object file = key(parts(got).getFirst());

      pull(nodes, "@:tree", got.toString());

      assertEquals(file, key(got.resolve("tree/big")), "it was continued");
      assertEquals(-1, Files.mismatch(tree.resolve("big"), got.resolve("tree/big")));
      assertEquals(
          OddTree.told(tree.resolve("small"), true), OddTree.told(got.resolve("tree/small"), true));
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static List<Path> parts(Path got) throws IOException {
    return PushRig.stages(got).stream()
        .map(stage -> stage.resolve("t/tree/big"))
        .filter(part -> part.toFile().length() > 1 << 20)
        .toList();
  }
}
