package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.CommandRunner;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.MinaConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** multicopy against SSH nodes, embedded ones and real ones. */
class MulticopyIT {
  private enum Kind {
    EMBEDDED,
    OPENSSH;

    SshNodes start(SshNodesSettings settings) throws IOException {
      if (this == EMBEDDED) {
        return EmbeddedSshNodes.start(settings);
      }
      Optional<String> reason = OpenSshNodes.unavailableReason();
      Assumptions.assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
      return OpenSshNodes.start(settings);
    }
  }

  private record Result(ExitCode code, String out, String err) {}

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
  void pullsWhatAPatternMatchesIntoADirectoryPerNode(Kind kind) throws IOException {
    try (SshNodes nodes = start(kind)) {
      for (SshNode node : nodes.nodes()) {
        Files.createDirectories(node.home().resolve("dir/sub"));
        Files.writeString(node.home().resolve("dir/sub/one"), nodes.listed(node));
        Files.writeString(node.home().resolve("dir/two words"), nodes.listed(node));
        Files.createDirectories(directory.resolve("got").resolve(nodes.listed(node)));
      }

      Result result = run(nodes, "@:dir/*", directory + "/got/@");

      assertEquals(ExitCode.OK, result.code(), result.err());
      for (SshNode node : nodes.nodes()) {
        Path got = directory.resolve("got").resolve(nodes.listed(node));
        assertEquals(nodes.listed(node), Files.readString(got.resolve("sub/one")));
        assertEquals(nodes.listed(node), Files.readString(got.resolve("two words")));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void makesTheDirectoriesThatAPatternIsPulledInto(Kind kind) throws IOException {
    try (SshNodes nodes = start(kind)) {
      for (SshNode node : nodes.nodes()) {
        Files.createDirectories(node.home().resolve("dir"));
        Files.writeString(node.home().resolve("dir/only"), nodes.listed(node));
      }

      Result result = run(nodes, "@:dir/*", directory + "/new/@");

      assertEquals(ExitCode.OK, result.code(), result.err());
      for (SshNode node : nodes.nodes()) {
        Path got = directory.resolve("new").resolve(nodes.listed(node)).resolve("only");
        assertEquals(nodes.listed(node), Files.readString(got));
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

      Result shown = run(nodes, "--dry-run", "-x", left.address(), file.toString(), "@:");
      Result result = run(nodes, "-x", left.address(), file.toString(), "@:");

      assertEquals(nodes.listed(nodes.nodes().getFirst()) + "\n", shown.out());
      assertEquals(ExitCode.OK, result.code(), result.err());
      assertTrue(Files.exists(nodes.nodes().getFirst().home().resolve("file")));
      assertFalse(Files.exists(left.home().resolve("file")));
    }
  }

  private SshNodes start(Kind kind) throws IOException {
    return kind.start(SshNodesSettings.of(directory.resolve("nodes"), 2));
  }

  private Result run(SshNodes nodes, String... paths) throws IOException {
    Path ssh = Files.createDirectories(directory.resolve("operator/.ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    Path list = Files.writeString(directory.resolve("node_list"), nodes.nodeListFile());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    TimeSource time = TimeSource.system();
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      Surroundings surroundings =
          new Surroundings(
              Map.of("MQ_NODES", list.toString(), "MQ_ORDER", "1"),
              directory.resolve("operator"),
              "nobody",
              directory,
              Path.of(""),
              "test",
              new SplittableRandom(1),
              InputStream.nullInputStream(),
              outStream,
              errStream);
      MulticopyCommand command =
          new MulticopyCommand(
              options ->
                  new MinaConnector(
                      surroundings
                          .ssh(options.slice())
                          .withIdentityFiles(List.of(nodes.identityFile())),
                      time),
              time);
      ExitCode code =
          CommandRunner.run(MulticopyCommand.spec(), surroundings, List.of(paths), command::run);
      return new Result(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
