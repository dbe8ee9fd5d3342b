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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls that compare by digest, delete, or only tell what they would do. */
class PullSelectionIT {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2004-04-14T12:00:00Z"));

  @TempDir Path directory;

  private PushRig.Result run(SshNodes nodes, ExitCode wanted, String... words) throws IOException {
    PushRig.Result result = new PushRig(directory, nodes).run(words);
    assertEquals(wanted, result.code(), result.err());
    assertEquals(List.of(), PushRig.stages(directory.resolve("got")));
    return result;
  }

  private static Path home(SshNodes nodes) {
    return nodes.nodes().getFirst().home();
  }

  private Path got(String... names) throws IOException {
    return Trees.make(directory.resolve("got"), names);
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX", "SFTP_ALONE"})
  void removesWhatTheNodeDoesNotHave(Programs programs) throws IOException {
    try (SshNodes nodes = programs.start(directory)) {
      Path tree = Trees.make(home(nodes).resolve("tree"), "kept", "dir/kept", "dir/gone/x");
      Path got = got("beside", "outside/file");
      run(nodes, ExitCode.OK, "@:tree", got.toString());
      List<String> wanted = new ArrayList<>(Trees.names(tree));
      for (String odd : Trees.ODD) {
        Trees.make(got.resolve("tree"), odd + "/" + odd, "dir/" + odd);
      }
      Files.createSymbolicLink(got.resolve("tree/dir/out"), got.resolve("outside"));
      Files.createSymbolicLink(got.resolve("tree/nowhere"), Path.of("none"));
      Trees.make(got.resolve("tree"), "a.o", "dir/sub/b.o", "dir/sub/c");
      Files.setPosixFilePermissions(
          Trees.make(got.resolve("tree/shut"), "x"), PosixFilePermissions.fromString("---------"));
      Files.delete(tree.resolve("dir/gone/x"));
      Files.delete(tree.resolve("dir/gone"));
      Files.setLastModifiedTime(tree.resolve("dir"), LONG_AGO);

      run(nodes, ExitCode.OK, "--delete", "--exclude=*.o", "@:tree", got.toString());

      wanted.removeAll(List.of("dir/gone", "dir/gone/x"));
      wanted.addAll(List.of("a.o", "dir/sub", "dir/sub/b.o"));
      wanted.sort(null);
      assertEquals(wanted, Trees.names(got.resolve("tree")));
      assertEquals(LONG_AGO, Files.getLastModifiedTime(got.resolve("tree/dir")));
      assertTrue(Files.exists(got.resolve("beside")));
      assertTrue(Files.exists(got.resolve("outside/file")));
    }
  }

  @Test
  void removesNothingWhereThereIsNothingOrSomethingIsMissing() throws Exception {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path home = home(nodes);
      Files.createDirectories(home.resolve("empty"));
      Trees.make(home, "tree/x", "file");
      Path got = got("empty/y", "tree/y", "z");

      String empty = run(nodes, ExitCode.REMOTE, "--delete", "@:empty", got.toString()).err();
      assertTrue(empty.contains("all of it would be deleted, for the source is empty"), empty);
      run(nodes, ExitCode.REMOTE, "--delete", "@:tree", "@:none", got.toString());
      run(nodes, ExitCode.OK, "--delete", "@:file", got.toString());
      assertEquals(0, new ProcessBuilder("mkfifo", home + "/tree/fifo").start().waitFor());
      run(nodes, ExitCode.REMOTE, "--delete", "@:tree", got.toString());
      assertEquals(
          List.of("empty", "empty/y", "file", "tree", "tree/x", "tree/y", "z"), Trees.names(got));

      run(nodes, ExitCode.OK, "--delete-all", "@:empty", got.toString());
      assertFalse(Files.exists(got.resolve("empty/y")));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX"})
  void removesNothingWhereALinkSaysThatTheListIsAtItsEnd(Programs programs) throws Exception {
    try (SshNodes nodes = programs.start(directory)) {
      Path tree = Trees.make(home(nodes).resolve("tree"), "a", "b", "c");
      Path got = got();
      run(nodes, ExitCode.OK, "@:tree", got.toString());
      link("x//\nend////\n", tree.resolve("0"));
      link("x//", tree.resolve("1"));
      Trees.make(got, "tree/mine");

      String failed = run(nodes, ExitCode.REMOTE, "--delete", "@:tree", got.toString()).err();

      assertTrue(failed.contains("tree/0: the text of this link cannot be listed"), failed);
      assertEquals(List.of("1", "a", "b", "c", "mine"), Trees.names(got.resolve("tree")));
    }
  }

  /** Not a path, which would have no two slashes in a row. */
  private static void link(String text, Path link) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("ln", "-s", text, link.toString()).start().waitFor());
  }

  @Test
  void removesNothingByALink() throws IOException {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Trees.make(home(nodes), "tree/x");
      Path got = got("other/y");
      Files.createSymbolicLink(got.resolve("tree"), Path.of("other"));

      String failed = run(nodes, ExitCode.REMOTE, "--delete", "@:tree", got.toString()).err();

      assertTrue(failed.contains("is a link here"), failed);
      assertEquals(List.of("other", "other/y", "tree"), Trees.names(got));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX"})
  void comparesByDigestWhenAsked(Programs programs) throws IOException {
    try (SshNodes nodes = programs.start(directory)) {
      Path tree = Trees.make(home(nodes).resolve("tree"), Trees.ODD.toArray(String[]::new));
      Trees.make(tree, "same", "late", "none");
      Path got = got();
      Trees.make(got.resolve("tree"), Trees.ODD.toArray(String[]::new));
      Trees.make(got.resolve("tree"), "same", "late");
      Files.writeString(got.resolve("tree/same"), "SAME");
      for (Path root : List.of(tree, got.resolve("tree"))) {
        for (String name : Trees.names(root)) {
          Files.setLastModifiedTime(root.resolve(name), LONG_AGO);
        }
      }
      Files.setLastModifiedTime(tree, LONG_AGO);
      Files.setLastModifiedTime(got.resolve("tree"), LONG_AGO);
      Files.setLastModifiedTime(tree.resolve("late"), FileTime.fromMillis(1_000_000));
      Object late = key(got.resolve("tree/late"));

      String told =
          run(nodes, ExitCode.OK, "--checksum", "--dry-run", "@:tree", got.toString()).out();
      assertTrue(told.contains("~ 4 " + got + "/tree/same\n"), told);
      assertTrue(told.contains("= 0 " + got + "/tree/late\n"), told);
      assertTrue(told.contains("+ 4 " + got + "/tree/none\n"), told);
      assertTrue(told.contains(". 9 unchanged\n"), told);
      run(nodes, ExitCode.OK, "--checksum", "@:tree", got.toString());

      assertEquals("same", Files.readString(got.resolve("tree/same")));
      assertEquals(late, key(got.resolve("tree/late")));
      assertEquals(
          FileTime.fromMillis(1_000_000), Files.getLastModifiedTime(got.resolve("tree/late")));
      assertEquals(Trees.names(tree), Trees.names(got.resolve("tree")));
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"BUSYBOX_WITHOUT_DIGESTS", "SFTP_ALONE"})
  void failsANodeThatHasNoDigests(Programs programs) throws IOException {
    try (SshNodes nodes = programs.start(directory)) {
      Trees.make(home(nodes), "file");

      String failed = run(nodes, ExitCode.REMOTE, "--checksum", "@:file", got().toString()).err();

      assertTrue(failed.contains("--checksum: the node has no sha256sum"), failed);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"EMBEDDED", "OPENSSH", "BUSYBOX", "SFTP_ALONE"})
  void tellsWhatItWouldDoAndDoesNothing(Programs programs) throws IOException {
    try (SshNodes nodes = programs.start(directory)) {
      Path tree = Trees.make(home(nodes).resolve("tree"), "new", "new dir/x", "other", "a\nb");
      Path got = got("tree/other", "tree/extra dir/y", "beside");
      Files.writeString(got.resolve("tree/other"), "much longer");
      Files.setLastModifiedTime(tree, LONG_AGO);
      Files.setLastModifiedTime(got.resolve("tree"), LONG_AGO);
      List<String> before = Trees.names(got);

      String told =
          run(nodes, ExitCode.OK, "--dry-run", "--delete", "@:tree", got.toString()).out();

      String wanted =
          """
          + 3 GOT/a\\nb
          + 3 GOT/new
          + 0 GOT/new dir/
          + 9 GOT/new dir/x
          - 0 GOT/extra dir/
          - 16 GOT/extra dir/y
          . 1 unchanged
          ~ 5 GOT/other
          """;
      assertEquals(
          wanted.replace("GOT", got + "/tree"),
          told.lines()
              .skip(1)
              .filter(line -> !line.isEmpty())
              .sorted((a, b) -> rank(a).compareTo(rank(b)))
              .reduce("", (all, line) -> all + line + "\n"));
      assertEquals(before, Trees.names(got));
    }
  }

  private static String rank(String line) {
    return line.charAt(0) + line.replaceFirst(". \\d+ ?", "");
  }
}
