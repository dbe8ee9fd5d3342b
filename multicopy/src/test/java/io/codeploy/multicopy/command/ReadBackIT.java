package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many small files, which a node reads back in one go. */
class ReadBackIT {
  private static final int FILES = 1200;
  private static final String BROKEN =
      "#!/bin/sh\n: >\"$0.asked\"\ncat >/dev/null\necho broken\nexit 1\n";

  @TempDir Path directory;

  private Path tree() throws IOException {
    return filled(Files.createDirectories(directory.resolve("tree")));
  }

  private static Path filled(Path tree) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = tree.resolve("d" + i % 5 + "/file" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + i);
    }
    Files.writeString(tree.resolve("d1.txt"), "beside d1");
    return tree;
  }

  /** One of which these programs do not work. */
  private OpenSshNodes nodeWithBroken(String... programs) throws IOException {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    for (String wanted : List.of("/usr/bin/openssl", "/usr/bin/zstd")) {
      Assumptions.assumeTrue(
          Files.isExecutable(Path.of(wanted)), () -> "no " + wanted + " on this machine");
    }
    Path bin = Files.createDirectories(directory.resolve("bin"));
    for (String program : programs) {
      Files.setPosixFilePermissions(
          Files.writeString(bin.resolve(program), BROKEN),
          PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return OpenSshNodes.start(
        SshNodesSettings.of(directory.resolve("nodes"), 1)
            .withEnvironment(Map.of("PATH", bin + ":/usr/bin:/bin")));
  }

  private void assertArrives(Path tree, OpenSshNodes nodes) throws Exception {
    PushRig.Result result = new PushRig(directory, nodes).run(tree.toString(), "@:");

    assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
    Path there = nodes.nodes().getFirst().home().resolve("tree");
    assertEquals(Trees.names(tree), Trees.names(there));
  }

  @Test
  void digestsNoFileByItselfWhereAllWasReadBack() throws Exception {
    Path tree = tree();
    try (OpenSshNodes nodes = nodeWithBroken("sha256sum")) {
      assertArrives(tree, nodes);
    }
  }

  @Test
  void digestsNoFileByItselfThatIsDeepDown() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    filled(Files.createDirectories(tree.resolve(("d".repeat(99) + "/").repeat(4))));
    try (OpenSshNodes nodes = nodeWithBroken("sha256sum")) {
      assertArrives(tree, nodes);
    }
  }

  @Test
  void asksForNothingOfAllWherePathsAreLonger() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    filled(Files.createDirectories(tree.resolve(("d".repeat(99) + "/").repeat(5))));
    try (OpenSshNodes nodes = nodeWithBroken("openssl")) {
      assertArrives(tree, nodes);
      assertTrue(Files.notExists(directory.resolve("bin/openssl.asked")));
    }
  }

  @Test
  void digestsEachFileWhereNothingIsToldOfAll() throws Exception {
    Path tree = tree();
    try (OpenSshNodes nodes = nodeWithBroken("openssl")) {
      assertArrives(tree, nodes);
      assertTrue(Files.exists(directory.resolve("bin/openssl.asked")));
    }
  }

  @Test
  void putsNothingIntoItsPlaceWhereNeitherTellsThatItIsWell() throws Exception {
    Path tree = tree();
    try (OpenSshNodes nodes = nodeWithBroken("openssl", "sha256sum")) {
      PushRig.Result result = new PushRig(directory, nodes).run(tree.toString(), "@:to");

      assertEquals(ExitCode.REMOTE, result.code(), result.out() + result.err());
      Path home = nodes.nodes().getFirst().home();
      assertTrue(Files.notExists(home.resolve("to")), result.out());
      assertEquals(List.of(), PushRig.stages(home));
    }
  }
}
