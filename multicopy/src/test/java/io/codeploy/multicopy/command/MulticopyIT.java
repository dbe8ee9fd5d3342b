package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multicopy.command.CopyRig.Kind;
import io.codeploy.multicopy.command.PushRig.Result;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** multicopy against SSH nodes, embedded ones and real ones. */
class MulticopyIT {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void pushesAFileAndATreeToAllNodes(Kind kind) throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    Files.write(tree.resolve("-big one"), content);
    Files.setPosixFilePermissions(
        tree.resolve("-big one"), PosixFilePermissions.fromString("rwxr-x---"));
    FileTime time = FileTime.from(Instant.parse("2004-04-14T12:00:00Z"));
    Files.setLastModifiedTime(tree.resolve("-big one"), time);
    Files.createDirectories(tree.resolve("grüße/empty"));
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));

    try (SshNodes nodes = start(kind)) {
      Result result = run(nodes, tree.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      for (SshNode node : nodes.nodes()) {
        assertTrue(result.out().contains(nodes.listed(node) + ": 5 bytes\ndone\n\n"), result.out());
        Path copy = node.home().resolve("tree");
        Path file = copy.resolve("-big one");
        assertEquals(-1, Files.mismatch(tree.resolve("-big one"), file));
        assertEquals(
            "rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(time, Files.getLastModifiedTime(file));
        assertTrue(Files.isDirectory(copy.resolve("grüße/empty")));
        assertEquals(Path.of("nowhere"), Files.readSymbolicLink(copy.resolve("dangling")));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void scattersAndCopiesOnTheNodeItself(Kind kind) throws IOException {
    try (SshNodes nodes = start(kind)) {
      for (SshNode node : nodes.nodes()) {
        Path own = Files.createDirectories(directory.resolve(nodes.listed(node)));
        Files.writeString(own.resolve("conf"), "for " + nodes.listed(node));
      }

      Result scatter = run(nodes, directory + "/@/conf", "@:conf of it");
      Result onNode = run(nodes, "@:conf*", "@:second");

      assertEquals(ExitCode.OK, scatter.code(), scatter.err());
      assertEquals(ExitCode.OK, onNode.code(), onNode.err());
      for (SshNode node : nodes.nodes()) {
        assertEquals("for " + nodes.listed(node), Files.readString(node.home().resolve("second")));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aNodeThatCannotTakeItFailsAloneAndLeavesNothingHalfWritten(Kind kind) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (SshNodes nodes = start(kind)) {
      SshNode blocked = nodes.nodes().getFirst();
      Files.createDirectories(blocked.home().resolve("target/file/in the way"));
      Files.createDirectories(nodes.nodes().getLast().home().resolve("target"));

      Result result = run(nodes, file.toString(), "@:target");

      assertEquals(ExitCode.REMOTE, result.code(), result.out() + result.err());
      assertTrue(result.out().contains(nodes.listed(blocked) + ": 0 bytes\n\n"), result.out());
      assertTrue(result.err().contains("1 failed remotely (" + nodes.listed(blocked) + ")"));
      assertEquals("new", Files.readString(nodes.nodes().getLast().home().resolve("target/file")));
      try (Stream<Path> left = Files.list(blocked.home().resolve("target"))) {
        assertEquals(List.of("file"), left.map(p -> p.getFileName().toString()).toList());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aRefusedNodeAndAMissingFileAreOutcomesOfTheirNodes(Kind kind) throws IOException {
    try (SshNodes nodes = start(kind)) {
      nodes.stop(nodes.nodes().getFirst());
      String absent = nodes.listed(nodes.nodes().getLast());

      Result result = run(nodes, "@:not there", directory + "/@");

      assertEquals(ExitCode.REMOTE, result.code(), result.err());
      assertTrue(result.err().contains(absent + ": not there: no such file or directory"));
      assertTrue(result.err().contains("1 unreachable"), result.err());
      assertFalse(Files.exists(directory.resolve(absent)));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void refusesCopiesThatWouldWriteOneLocalPath(Kind kind) throws IOException {
    try (SshNodes nodes = start(kind)) {
      Result result = run(nodes, "@:dir", directory + "/one");

      assertEquals(ExitCode.USAGE, result.code());
      assertTrue(result.err().contains("would both write"), result.err());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void copiesToSelectedNodesOnly(Kind kind) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new");
    try (SshNodes nodes = start(kind)) {
      SshNode left = nodes.nodes().getLast();

      Result shown = run(nodes, "--dry-run", "-x", left.address());
      Result result = run(nodes, "-x", left.address(), file.toString(), "@:");

      assertEquals(nodes.listed(nodes.nodes().getFirst()) + "\n", shown.out());
      assertEquals(ExitCode.OK, result.code(), result.err());
      assertTrue(Files.exists(nodes.nodes().getFirst().home().resolve("file")));
      assertFalse(Files.exists(left.home().resolve("file")));
    }
  }

  private SshNodes start(Kind kind) throws IOException {
    return rig().start(kind);
  }

  private Result run(SshNodes nodes, String... paths) throws IOException {
    return rig().run(nodes, paths);
  }

  private CopyRig rig() {
    return new CopyRig(directory);
  }
}
