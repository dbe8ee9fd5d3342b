package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies from a node to itself. */
class OnNodeIT {
  @TempDir Path directory;

  private static Path home(SshNodes nodes) {
    return nodes.nodes().getFirst().home();
  }

  private PushRig.Result run(SshNodes nodes, ExitCode wanted, String... words) throws IOException {
    PushRig.Result result = new PushRig(directory, nodes).run(words);
    assertEquals(wanted, result.code(), result.err());
    assertEquals(List.of(), PushRig.stages(home(nodes)));
    return result;
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"EMBEDDED", "OPENSSH", "BUSYBOX", "BUSYBOX_WITHOUT_DIGESTS"})
  void copiesWhatIsDifferentAndNothingElse(Programs programs) throws IOException {
    boolean fractions = programs.tellsFractions();
    try (SshNodes nodes = programs.start(directory)) {
      Path home = home(nodes);
      Path tree = OddTree.make(home.resolve("tree"));
      try (RandomAccessFile big = new RandomAccessFile(tree.resolve("big").toFile(), "rw")) {
        big.setLength(33 << 20);
      }
      run(nodes, ExitCode.OK, "@:tree", "@:a new name");
      Path copy = home.resolve("a new name");
      assertEquals(OddTree.told(tree, fractions), OddTree.told(copy, fractions));

      Object kept = inode(copy.resolve("two words/two words"));
      Files.writeString(copy.resolve("-rf/-rf"), "another");
      Files.delete(copy.resolve("new\nline/link"));
      Files.createSymbolicLink(copy.resolve("new\nline/link"), Path.of("elsewhere"));
      Files.setPosixFilePermissions(
          copy.resolve("empty"), PosixFilePermissions.fromString("rwx------"));
      Files.delete(copy.resolve("big"));
      Files.setLastModifiedTime(copy, OddTree.LONG_AGO);
      run(nodes, ExitCode.OK, "--exclude=none", "@:./tree/", "@:a new name/../place");
      Path place = home.resolve("place");
      assertEquals(OddTree.told(tree, fractions), OddTree.told(place, fractions));
      Files.move(copy, Files.createDirectories(home.resolve("in")).resolve("tree"));
      run(nodes, ExitCode.OK, "@:tree", "@:in");
      Path in = home.resolve("in/tree");
      assertEquals(OddTree.told(tree, fractions), OddTree.told(in, fractions));
      assertEquals(kept, inode(in.resolve("two words/two words")));

      String told = run(nodes, ExitCode.OK, "--dry-run", "@:tree", "@:in").out();
      assertTrue(told.contains(" bytes\n. "), told);
    }
  }

  @Test
  void deletesAndLeavesOutAsAPushDoes() throws IOException {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path home = home(nodes);
      Trees.make(home, "tree/a", "tree/b.o", "tree/sub/c", "to/tree/x", "to/tree/y.o", "to/z");

      run(nodes, ExitCode.OK, "--delete", "--exclude=*.o", "@:tree", "@:to");

      assertEquals(
          List.of("tree", "tree/a", "tree/sub", "tree/sub/c", "tree/y.o", "z"),
          Trees.names(home.resolve("to")));

      // What would be removed holds the source.
      String failed = run(nodes, ExitCode.REMOTE, "--delete", "@:to/to", "@:").err();
      assertTrue(failed.contains("to/to: no such file"), failed);
      Trees.make(home, "to/to/x");
      String held = run(nodes, ExitCode.REMOTE, "--delete", "@:to/to", "@:").err();
      assertTrue(held.contains("to/to: is in to, where --delete would remove it"), held);
    }
  }

  /** Nor do pushes with digests and owners; also where the last line has no end. */
  @Test
  void mindsNothingThatStartUpFilesSay() throws IOException {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path home = home(nodes);
      Trees.make(home, "tree/a", "tree/sub/b");
      Path here = Trees.make(directory.resolve("here"), "c");
      Files.writeString(
          home.resolve(".bashrc"), "echo Welcome; echo 1 failed login; printf 'no end of line'\n");

      run(nodes, ExitCode.OK, "@:tree", "@:copy");
      assertEquals(List.of("a", "sub", "sub/b"), Trees.names(home.resolve("copy")));

      run(nodes, ExitCode.OK, "--preserve=owner,group", here.toString(), "@:");
      String[] dry = {"--checksum", "--dry-run", here.resolve("c").toString(), "@:here"};
      String told = run(nodes, ExitCode.OK, dry).out();
      assertTrue(told.contains("\n. "), told);
      assertFalse(told.contains("~"), told);
    }
  }

  @Test
  void aFullDiskLeavesNothingHalf() throws Exception {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path home = home(nodes);
      Path tree = Trees.make(home.resolve("tree"), "a");
      try (RandomAccessFile big = new RandomAccessFile(tree.resolve("b").toFile(), "rw")) {
        for (int i = 0; i < 3 << 10; i++) {
          big.write(new byte[] {1});
          big.write(new byte[1023]);
        }
      }
      Path small = Files.createDirectories(home.resolve("small"));
      Assumptions.assumeTrue(
          Tmpfs.mount(small, "size=1m"), "mounting a tmpfs needs root and CAP_SYS_ADMIN");
      try {
        Trees.make(small, "tree/a", "tree/b");
        Object old = inode(small.resolve("tree/b"));

        String failed = run(nodes, ExitCode.REMOTE, "@:tree", "@:small").err();

        assertTrue(failed.contains("No space left on device"), failed);
        assertEquals(List.of("tree", "tree/a", "tree/b"), Trees.names(small));
        assertEquals(old, inode(small.resolve("tree/b")));
        assertEquals("tree/b", Files.readString(small.resolve("tree/b")));
      } finally {
        Tmpfs.unmount(small);
      }
    }
  }

  @Test
  void copiesFromHereAndFromTheNodeAtOnce() throws IOException {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Path home = home(nodes);
      Path there = OddTree.make(home.resolve("there"));
      Path here = OddTree.make(directory.resolve("here"));
      Files.createDirectories(home.resolve("in"));

      run(nodes, ExitCode.OK, here.toString(), "@:there", "@:in");
      assertEquals(OddTree.told(there, true), OddTree.told(home.resolve("in/there"), true));
      assertEquals(OddTree.told(here, true), OddTree.told(home.resolve("in/here"), true));

      Trees.make(home, "in/here/x", "in/there/x");
      String told =
          run(nodes, ExitCode.OK, "--dry-run", "--delete", here.toString(), "@:there", "@:in")
              .out();
      assertTrue(told.contains("- 9 in/here/x\n"), told);
      assertTrue(told.contains("- 10 in/there/x\n"), told);
      assertFalse(told.contains("+ "), told);
    }
  }

  @Test
  void noticesAFileThatIsWrittenWhileItIsCopied() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path cp =
        Files.writeString(
            bin.resolve("cp"),
            """
            #!/bin/sh
            PATH=/usr/bin:/bin
            cp "$@" && printf ANOTHER >"$HOME/tree/b"
            """);
    Files.setPosixFilePermissions(cp, PosixFilePermissions.fromString("rwxr-xr-x"));
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    SshNodesSettings settings =
        SshNodesSettings.of(directory.resolve("nodes"), 1)
            .withEnvironment(Map.of("PATH", bin + ":/usr/bin:/bin"));
    try (SshNodes nodes = OpenSshNodes.start(settings)) {
      Path tree = Trees.make(home(nodes).resolve("tree"), "a", "c");
      Files.setLastModifiedTime(Files.writeString(tree.resolve("b"), "of-old!"), OddTree.LONG_AGO);

      String failed = run(nodes, ExitCode.REMOTE, "@:tree", "@:copy").err();

      assertTrue(failed.contains("tree/b: changed while it was copied; copy again"), failed);
      assertFalse(Files.exists(home(nodes).resolve("copy")));
    }
  }

  @Test
  void goesByTheClientWhereThereIsNoShell() throws IOException {
    try (SshNodes nodes = Programs.SFTP_ALONE.start(directory)) {
      Trees.make(home(nodes), "tree/a", "tree/sub/b");

      run(nodes, ExitCode.OK, "@:tree", "@:copy");

      assertEquals(List.of("a", "sub", "sub/b"), Trees.names(home(nodes).resolve("copy")));
    }
  }
}
