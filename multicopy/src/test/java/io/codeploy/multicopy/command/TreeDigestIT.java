package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of so many files that a node is asked for their digest first; a list is counted. */
class TreeDigestIT {
  private static final int FILES = 1100;

  /** What a push takes on a node, but for {@code find}. */
  private static final List<String> PROGRAMS =
      List.of(
          "sh",
          "tar",
          "mv",
          "rm",
          "mkdir",
          "touch",
          "chmod",
          "ln",
          "cat",
          "sha256sum",
          "sort",
          "sleep");

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2004-04-14T12:00:00.5Z"));

  @TempDir Path directory;
  private Path tree;
  private Path lists;

  @BeforeEach
  void make() throws IOException {
    tree = OddTree.make(directory.resolve("tree"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(tree.resolve("empty/" + i), "x" + i);
    }
    Files.setLastModifiedTime(
        tree.resolve("empty/0"), FileTime.from(Instant.ofEpochSecond(-1, 500_000_000)));
    Files.setLastModifiedTime(tree.resolve("empty/1"), FileTime.from(Instant.EPOCH));
    lists = Files.createFile(directory.resolve("lists"));
  }

  /** A node whose {@code find} writes down each list that it makes. */
  private SshNodes start(String... lacking) throws IOException {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    Path bin = Files.createDirectory(directory.resolve("bin"));
    for (String program : PROGRAMS) {
      if (!List.of(lacking).contains(program)) {
        Files.createSymbolicLink(bin.resolve(program), Path.of("/usr/bin", program));
      }
    }
    Files.writeString(
        bin.resolve("find"),
        "#!/bin/sh\ncase \"$*\" in *%y\\ %m*) echo >>'"
            + lists
            + "' ;; esac\nexec /usr/bin/find \"$@\"\n");
    Files.setPosixFilePermissions(
        bin.resolve("find"), PosixFilePermissions.fromString("rwxr-xr-x"));
    return OpenSshNodes.start(
        SshNodesSettings.of(directory.resolve("nodes"), 1)
            .withEnvironment(Map.of("PATH", bin.toString())));
  }

  private PushRig.Result push(SshNodes nodes, String... options) throws IOException {
    String[] words =
        Stream.concat(Stream.of(options), Stream.of(tree.toString(), "@:")).toArray(String[]::new);
    PushRig.Result result = new PushRig(directory, nodes).run(words);
    assertEquals(ExitCode.OK, result.code(), result.err());
    assertEquals(List.of(), PushRig.stages(nodes.nodes().getFirst().home()));
    return result;
  }

  private static Path copy(SshNodes nodes) {
    return nodes.nodes().getFirst().home().resolve("tree");
  }

  private long listed() throws IOException {
    return Files.size(lists);
  }

  private void assertCopied(SshNodes nodes) throws IOException {
    assertEquals(OddTree.told(tree, true), OddTree.told(copy(nodes), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--delete", "--dry-run", "--preserve=special,xattrs"})
  void aNodeThatHasTheSameSendsNoList(String option) throws IOException {
    String[] options = option.isEmpty() ? new String[0] : new String[] {option};
    try (SshNodes nodes = start()) {
      push(nodes);
      long before = listed();

      PushRig.Result result = push(nodes, options);

      assertEquals(before, listed());
      assertCopied(nodes);
      if (option.equals("--dry-run")) {
        assertEquals(
            ". %d unchanged".formatted(entries()), result.out().strip().lines().toList().getLast());
      }
    }
  }

  private long entries() throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      return all.count();
    }
  }

  @Test
  void tellsOfFilesThatWereThere() throws IOException {
    try (SshNodes nodes = start()) {
      push(nodes);
      String again = push(nodes, "--json").line(0);
      String listed = push(nodes, "--json", "--checksum").line(0);
      assertEquals(counts(listed), counts(again));
    }
  }

  private static String counts(String line) {
    return line.substring(line.indexOf("\"files\""));
  }

  /** Something that is done to a copy. */
  private interface Change {
    void make(Path copy) throws IOException;
  }

  @Test
  void aNodeThatHasAnotherIsMended() throws IOException {
    Files.setLastModifiedTime(tree.resolve("empty/7"), LONG_AGO);
    FileTime fraction = FileTime.from(LONG_AGO.toInstant().plusNanos(1));
    Map<String, Change> changes =
        Map.of(
            "content", copy -> Files.writeString(copy.resolve("empty/7"), "other"),
            "fraction", copy -> Files.setLastModifiedTime(copy.resolve("empty/7"), fraction),
            "mode", copy -> Files.setPosixFilePermissions(copy.resolve("empty/7"), Set.of()),
            "missing", copy -> Files.delete(copy.resolve("new\nline/new\nline")),
            "extra", copy -> Files.writeString(copy.resolve("empty/extra\nfile"), "x"),
            "kind", copy -> isLinkedTo(copy.resolve("nothing"), "empty/7"),
            "link", copy -> isLinkedTo(copy.resolve("far"), "elsewhere"));
    try (SshNodes nodes = start()) {
      push(nodes);
      for (Map.Entry<String, Change> change : changes.entrySet()) {
        change.getValue().make(copy(nodes));
        push(nodes, "--delete");
        assertEquals(OddTree.told(tree, true), OddTree.told(copy(nodes), true), change.getKey());
      }
    }
  }

  private static void isLinkedTo(Path path, String text) throws IOException {
    Files.delete(path);
    Files.createSymbolicLink(path, Path.of(text));
  }

  @Test
  void leavesWhatIsTooMuchWhereNothingIsDeleted() throws IOException {
    try (SshNodes nodes = start()) {
      push(nodes);
      Path extra = Files.writeString(copy(nodes).resolve("extra"), "stays");
      FileTime time = Files.getLastModifiedTime(tree);
      Files.setLastModifiedTime(copy(nodes), time);
      Object there = Files.readAttributes(copy(nodes).resolve("empty/7"), "unix:ino");

      push(nodes);

      assertEquals("stays", Files.readString(extra));
      assertEquals(there, Files.readAttributes(copy(nodes).resolve("empty/7"), "unix:ino"));
    }
  }

  @Test
  void aFileThatIsNotInItsPlaceIsOneThatMayNotBeReplaced() throws IOException {
    try (SshNodes nodes = start()) {
      push(nodes);
      Path there = copy(nodes).resolve("empty/7");
      Files.delete(there);
      Files.createDirectory(there);

      PushRig.Result result = new PushRig(directory, nodes).run(tree.toString(), "@:");

      assertEquals(ExitCode.REMOTE, result.code());
      assertTrue(result.err().contains("tree/empty/7: exists"), result.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256sum", "sort"})
  void aNodeThatCannotDigestSendsItsList(String lacking) throws IOException {
    try (SshNodes nodes = start(lacking)) {
      push(nodes);
      long before = listed();
      Files.writeString(copy(nodes).resolve("empty/7"), "other");

      push(nodes);

      assertEquals(before + 1, listed());
      assertCopied(nodes);
    }
  }

  @Test
  void whatIsAskedForBesideIsLookedAt() throws IOException {
    try (SshNodes nodes = start()) {
      push(nodes, "--preserve", "links");
      Path there = copy(nodes).resolve("two words");
      Path apart = there.resolve("apart");
      Files.copy(there.resolve("other name"), apart, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(apart, there.resolve("other name"), StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(there, OddTree.LONG_AGO);

      push(nodes, "--preserve", "links");

      assertTrue(Files.isSameFile(there.resolve("other name"), there.resolve("two words")));
    }
  }

  @Test
  void busyboxSendsItsList() throws IOException {
    try (SshNodes nodes = Programs.BUSYBOX.start(directory)) {
      push(nodes);
      Files.writeString(copy(nodes).resolve("empty/7"), "other");

      push(nodes, "--delete");

      assertEquals(OddTree.told(tree, false), OddTree.told(copy(nodes), false));
    }
  }
}
