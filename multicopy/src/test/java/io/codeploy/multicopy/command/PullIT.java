package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multicopy.command.CopyRig.Kind;
import io.codeploy.multicopy.command.PushRig.Result;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulling from each node into a directory of its own, and nodes that are down. */
class PullIT {
  @TempDir Path directory;

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
  void pullsWhatAPatternMatchesAlsoWhereEachNodeHasOtherNames(Kind kind) throws IOException {
    try (SshNodes nodes = start(kind)) {
      for (SshNode node : nodes.nodes()) {
        Path dir = Files.createDirectories(node.home().resolve("dir"));
        Files.writeString(dir.resolve(node.name() + ".log"), node.name());
        Files.writeString(dir.resolve(node.name() + " [2]*.log"), "odd");
      }

      Result result = run(nodes, "@:dir/*.log", directory + "/got/@");

      assertEquals(ExitCode.OK, result.code(), result.err());
      for (SshNode node : nodes.nodes()) {
        Path got = directory.resolve("got").resolve(nodes.listed(node));
        assertEquals(node.name(), Files.readString(got.resolve(node.name() + ".log")));
        try (Stream<Path> files = Files.list(got)) {
          assertEquals(2, files.count());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aCopyToOrFromANodeThatIsDownIsNoSuccess(Kind kind) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new");
    Files.createDirectories(directory.resolve("got"));
    try (SshNodes nodes = start(kind)) {
      SshNode down = nodes.nodes().getFirst();
      SshNode up = nodes.nodes().getLast();
      nodes.stop(down);

      Result push = run(nodes, file.toString(), "@:");
      Result pull = run(nodes, "@:file", directory + "/got/@");

      assertEquals(ExitCode.UNREACHABLE, push.code(), push.err());
      assertEquals(ExitCode.UNREACHABLE, pull.code(), pull.err());
      String summary = "1 ok, 1 unreachable (" + nodes.listed(down) + ")";
      assertTrue(push.err().contains(summary), push.err());
      assertTrue(pull.err().contains(summary), pull.err());
      assertEquals("new", Files.readString(up.home().resolve("file")));
    }
  }

  private SshNodes start(Kind kind) throws IOException {
    return new CopyRig(directory).start(kind);
  }

  private Result run(SshNodes nodes, String... paths) throws IOException {
    return new CopyRig(directory).run(nodes, paths);
  }
}
