package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a pull where a node has not all that was asked for, or here is no room. */
class PullOutcomesIT {
  @TempDir Path directory;

  private PushRig.Result run(SshNodes nodes, String... words) throws IOException {
    return new PushRig(directory, nodes).run(words);
  }

  private static List<String> names(Path directory) {
    return Arrays.stream(Objects.requireNonNullElse(directory.toFile().list(), new String[0]))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void tellsOfAPatternAndANameThatMeanNothingAndGetsTheRest(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory, 2)) {
      Path full = nodes.nodes().getFirst().home();
      Files.writeString(full.resolve("a.log"), "a");
      Files.writeString(full.resolve("file"), "f");
      Path bare = nodes.nodes().getLast().home();
      Files.writeString(bare.resolve("file"), "f");

      PushRig.Result result = run(nodes, "@:*.log", "@:file", directory + "/got/@");
      PushRig.Result missing = run(nodes, "@:a.log", "@:none", directory + "/got/@");

      String name = nodes.listed(nodes.nodes().getLast());
      assertEquals(ExitCode.REMOTE, result.code());
      assertTrue(result.err().contains(name + ": no match for *.log; the rest did"), result.err());
      assertTrue(
          missing
              .err()
              .contains(name + ": a.log: no such file or directory; 2 in all did not arrive\n"),
          missing.err());
      Path got = directory.resolve("got");
      assertEquals(
          List.of("a.log", "file"), names(got.resolve(nodes.listed(nodes.nodes().getFirst()))));
      assertEquals(List.of("file"), names(got.resolve(name)));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void getsTheRestOfATreeWithThingsThatAreNotCopied(Programs tools) throws Exception {
    try (SshNodes nodes = tools.start(directory)) {
      Path tree = nodes.nodes().getFirst().home().resolve("tree");
      Files.createDirectories(tree.resolve("sub"));
      Files.writeString(tree.resolve("sub/file"), "f");
      Assumptions.assumeTrue(
          new ProcessBuilder("mkfifo", tree.resolve("pipe").toString()).start().waitFor() == 0,
          "no mkfifo");

      PushRig.Result result = run(nodes, "@:tree", directory + "/got");

      assertEquals(ExitCode.REMOTE, result.code());
      assertTrue(
          result.err().contains("tree/pipe: neither file, directory nor link; the rest did"),
          result.err());
      assertEquals(List.of("sub"), names(directory.resolve("got")));
      assertEquals("f", Files.readString(directory.resolve("got/sub/file")));
      assertEquals(List.of(), PushRig.stages(directory));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesTwoSourcesOfOneName(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory)) {
      Path home = nodes.nodes().getFirst().home();
      for (String name : List.of("a/x", "b/x")) {
        Files.createDirectories(home.resolve(name));
      }

      PushRig.Result result = run(nodes, "@:*/x", directory + "/got");

      assertEquals(ExitCode.REMOTE, result.code());
      assertTrue(result.err().contains("b/x would both be x here"), result.err());
      assertFalse(Files.exists(directory.resolve("got")));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void namesADirectoryThatIsMissingHere(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory)) {
      Files.writeString(nodes.nodes().getFirst().home().resolve("file"), "f");

      PushRig.Result result = run(nodes, "@:file", directory + "/no/such");

      assertEquals(ExitCode.REMOTE, result.code());
      assertTrue(result.err().contains("/no: no such directory"), result.err());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Programs.class, names = "SHELL_ALONE", mode = EnumSource.Mode.EXCLUDE)
  void laysOutWhatItGetsAsAsked(Programs tools) throws IOException {
    try (SshNodes nodes = tools.start(directory, 2)) {
      for (SshNode node : nodes.nodes()) {
        Files.createDirectories(node.home().resolve("log"));
        Files.writeString(node.home().resolve("log/a"), node.name());
        Files.writeString(node.home().resolve("log/b"), node.name());
      }
      Path got = directory.resolve("got");

      PushRig.Result result =
          new PushRig(directory, nodes)
              .run(Map.of("MQ_INTO", "{rank}/{path}/{name}.{node}"), "@:log/*", got.toString());
      PushRig.Result again = run(nodes, "--into", "{node}", "@:log/a", got.toString());
      PushRig.Result refused = run(nodes, "--into", "{name}", "@:log/*", got.toString());
      PushRig.Result push = run(nodes, "--into", "{node}/{name}", got.toString(), "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertEquals(ExitCode.OK, again.code(), again.err());
      for (int i = 0; i < 2; i++) {
        SshNode node = nodes.nodes().get(i);
        Path a = got.resolve(i + "/log/a/a." + nodes.listed(node));
        assertEquals(node.name(), Files.readString(a));
        assertEquals(node.name(), Files.readString(got.resolve(nodes.listed(node))));
      }
      assertEquals(ExitCode.USAGE, refused.code());
      assertTrue(refused.err().contains("two nodes could write one path"), refused.err());
      assertEquals(ExitCode.USAGE, push.code());
      assertEquals(List.of(), PushRig.stages(directory));
    }
  }

  @Test
  void tellsOfAFullDiskHereAndLeavesNothing() throws Exception {
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      Files.write(nodes.nodes().getFirst().home().resolve("much"), new byte[3_000_000]);
      Path small = Files.createDirectories(directory.resolve("small"));
      Assumptions.assumeTrue(
          Tmpfs.mount(small, "size=1m"), "mounting a tmpfs needs root and CAP_SYS_ADMIN");
      try {
        PushRig.Result result = run(nodes, "@:much", small.toString());

        assertEquals(ExitCode.REMOTE, result.code());
        assertTrue(result.err().contains("No space left on device"), result.err());
        assertEquals(List.of(), names(small));
      } finally {
        Tmpfs.unmount(small);
      }
    }
  }
}
