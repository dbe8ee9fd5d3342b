package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies that leave something out. */
class ExcludeIT {
  @TempDir Path directory;

  private Path tree() throws IOException {
    return Trees.make(
        directory.resolve("tree"),
        "a.o",
        "a.c",
        "build/x",
        "src/build/y",
        "src/new\nline",
        "src/-f");
  }

  @ParameterizedTest
  @EnumSource(Programs.class)
  void sendsNothingThatIsExcluded(Programs programs) throws IOException {
    Path tree = tree();
    Path patterns = Files.writeString(directory.resolve("patterns"), "# odd ones\nnew*\n-f\n");
    try (SshNodes nodes = programs.start(directory)) {
      PushRig.Result result =
          new PushRig(directory, nodes)
              .run(
                  "--exclude",
                  "/build/",
                  "--exclude=*.o",
                  "--exclude-from",
                  patterns.toString(),
                  tree.toString(),
                  tree.resolve("a.o").toString(),
                  "@:");

      assertEquals(ExitCode.OK, result.code(), result.err());
      Path home = nodes.nodes().getFirst().home();
      assertEquals(
          List.of("a.c", "src", "src/build", "src/build/y"), Trees.names(home.resolve("tree")));
      assertFalse(Files.exists(home.resolve("a.o")));
    }
  }

  @Test
  void takesAPatternFromTheEnvironmentAndMaySendNothingAtAll() throws IOException {
    Path tree = tree();
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      PushRig.Result result =
          new PushRig(directory, nodes)
              .run(Map.of("MQ_EXCLUDE", "tree"), tree.toString(), "@:new name");

      assertEquals(ExitCode.OK, result.code(), result.err());
      assertFalse(Files.exists(nodes.nodes().getFirst().home().resolve("new name")));
    }
  }

  @Test
  void refusesWhatItCannotDo() throws IOException {
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      PushRig rig = new PushRig(directory, nodes);

      PushRig.Result pattern = rig.run("--exclude", "[x", "a", "@:b");
      PushRig.Result file = rig.run("--exclude-from", directory + "/none", "a", "@:b");

      assertEquals(ExitCode.USAGE, pattern.code());
      assertTrue(
          pattern.err().contains("--exclude \"[x\": a [ in a pattern has no ]"), pattern.err());
      assertEquals(ExitCode.USAGE, file.code());
      assertTrue(file.err().contains("none: cannot be read"), file.err());
    }
  }
}
