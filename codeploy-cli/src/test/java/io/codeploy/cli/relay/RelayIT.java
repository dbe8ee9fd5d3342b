package io.codeploy.cli.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.deploy.TestImage;
import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.ssh.SshNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pushes of multicopy that go through agents, over real sshds. */
@ExtendWith(TestImage.class)
class RelayIT {
  /** More than the image of the agent, so that it is worth its way. */
  private static final int LARGE_BYTES = 40 << 20;

  /** The line on what relaying saved. */
  private static final Pattern LEFT =
      Pattern.compile("multicopy: relay: (?<megabytes>[0-9.]+) MB(?<remainder>.*)");

  @TempDir Path temp;
  private final Path distribution;

  RelayIT(Path distribution) {
    this.distribution = distribution;
  }

  @Test
  void carriesALargeFileOnceForAllNodes() throws Exception {
    Path file = random("big", LARGE_BYTES, 1);
    try (RelayRig rig = RelayRig.start(temp, distribution, 4)) {
      RelayRig.Result result = rig.run("--relay", file.toString(), "@:");

      assertEquals(0, result.status(), result.err());
      assertLeftAboutOnce(41.9, " left this machine for 167.8 MB on 4 nodes", result);
      for (Path copy : rig.everywhere("big")) {
        assertSame(file, copy);
      }
      assertNothingIsLeft(rig);
    }
  }

  @Test
  void carriesToEachNodeWhatItLacksUnderItsOwnName() throws Exception {
    try (RelayRig rig = withAgents(3)) {
      Path source = tree();
      // The first has a part of it already, the second all but a file, the third nothing.
      List<Path> copies = rig.everywhere("tree");
      copy(source, copies.get(0));
      Files.delete(copies.get(0).resolve("sub dir/x 2"));
      copy(source, copies.get(1));
      Files.delete(copies.get(1).resolve("sub dir/deep/x 4"));

      RelayRig.Result result =
          rig.run("--relay-above", "1k", "--relay-agents", "running", source.toString(), "@:");

      assertEquals(0, result.status(), result.err());
      assertTrue(result.relay().contains(" on 3 nodes"), result.err());
      for (Path home : rig.everywhere("tree")) {
        assertEquals(List.of(), TreeComparison.differences(source, home), home.toString());
      }
      assertNothingIsLeft(rig);

      RelayRig.Result again =
          rig.run("--relay-above", "1k", "--relay-agents", "running", source.toString(), "@:");

      assertEquals(0, again.status(), again.err());
      assertEquals("", again.relay());
    }
  }

  /** A cargo is listed for the agents once more, from what was listed for the nodes. */
  @Test
  void keepsTheSetUserAndSetGroupBitsOfWhatItCarries() throws Exception {
    try (RelayRig rig = withAgents(2)) {
      Path file = random("tool", 3 << 20, 3);
      Files.setAttribute(file, "unix:mode", 06755);
      String[] push = {"--relay", "--preserve", "special", file.toString(), "@:"};

      RelayRig.Result result = rig.run(push);

      assertEquals(0, result.status(), result.err());
      assertTrue(result.relay().contains(" on 2 nodes"), result.err());
      for (Path copy : rig.everywhere("tool")) {
        assertSame(file, copy);
        assertEquals(06755, (int) Files.getAttribute(copy, "unix:mode") & 07777);
      }
      assertEquals("", rig.run(push).relay());
    }
  }

  @Test
  void sendsDirectlyWhereThereIsNoAgentAndSaysWhy() throws Exception {
    try (RelayRig rig = withAgents(3)) {
      Path file = random("other", 3 << 20, 2);
      kill(rig.nodes().nodes().get(1));

      RelayRig.Result result =
          rig.run("--relay", "--relay-agents", "running", file.toString(), "@:");

      assertEquals(0, result.status(), result.err());
      assertLeftAboutOnce(
          3.1,
          " left this machine for 6.3 MB on 2 nodes;"
              + " 1 sent to directly (no agent of this version runs there)",
          result);
      for (Path copy : rig.everywhere("other")) {
        assertSame(file, copy);
      }
    }
  }

  @Test
  void completesWhatAKilledRunBegan() throws Exception {
    Path file = random("big", LARGE_BYTES, 3);
    try (RelayRig rig = withAgents(3)) {
      Process killed =
          rig.launch("--relay", "--relay-agents", "running", file.toString(), "@:copy");
      while (killed.isAlive() && stages(rig).isEmpty()) {
        Thread.onSpinWait();
      }
      killed.destroyForcibly().waitFor();

      RelayRig.Result result =
          rig.run("--relay", "--relay-agents", "running", file.toString(), "@:copy");

      assertEquals(0, result.status(), result.err());
      for (Path copy : rig.everywhere("copy")) {
        assertSame(file, copy);
      }
    }
  }

  @Test
  void endsWellWhenAnAgentIsKilled() throws Exception {
    Path file = random("big", LARGE_BYTES, 4);
    try (RelayRig rig = withAgents(3)) {
      Process run = rig.launch("--relay", "--relay-agents", "running", file.toString(), "@:copy");
      while (run.isAlive() && stages(rig).isEmpty()) {
        Thread.onSpinWait();
      }
      kill(rig.nodes().nodes().getFirst());

      assertEquals(0, run.waitFor());
      for (Path copy : rig.everywhere("copy")) {
        assertSame(file, copy);
      }
      assertNothingIsLeft(rig);
    }
  }

  /** Nodes with agents, which a push has brought there. */
  private RelayRig withAgents(int count) throws Exception {
    RelayRig rig = RelayRig.start(temp, distribution, count);
    RelayRig.Result result =
        rig.run("--relay", random("first", LARGE_BYTES, 0).toString(), "@:first");
    assertEquals(0, result.status(), result.err());
    assertEquals(count, rig.withAgents().size(), result.err());
    return rig;
  }

  private static void kill(SshNode node) throws IOException {
    String state = Files.readString(node.home().resolve(".codeploy/agent.state"));
    long pid =
        state
            .lines()
            .filter(line -> line.startsWith("pid="))
            .mapToLong(line -> Long.parseLong(line.substring(4)))
            .findFirst()
            .orElseThrow();
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    while (ProcessHandle.of(pid).isPresent()) {
      Thread.onSpinWait();
    }
  }

  private Path tree() throws IOException {
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Files.createDirectories(tree.resolve("sub dir/deep"));
    Files.createDirectories(tree.resolve("empty"));
    for (String name : List.of("x 1", "sub dir/x 2", "sub dir/x 3", "sub dir/deep/x 4", "ä\n5")) {
      byte[] content = new byte[20_000 + name.length()];
      new Random(name.hashCode()).nextBytes(content);
      Files.write(tree.resolve(name), content);
    }
    Files.createFile(tree.resolve("nothing"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("sub dir/x 2"));
    Files.setPosixFilePermissions(
        tree.resolve("sub dir/x 3"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.setPosixFilePermissions(
        tree.resolve("sub dir/deep"), PosixFilePermissions.fromString("r-xr-xr-x"));
    return tree;
  }

  private static void copy(Path source, Path target) throws Exception {
    assertEquals(
        0, new ProcessBuilder("cp", "-a", source.toString(), target.toString()).start().waitFor());
  }

  private Path random(String name, int bytes, long seed) throws IOException {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return Files.write(temp.resolve(name), content);
  }

  /**
   * Asserts the line on what relaying saved. A chunk whose owner is slow, on a busy machine, leaves
   * a second time.
   */
  private static void assertLeftAboutOnce(
      double megabytes, String remainder, RelayRig.Result result) {
    Matcher line = LEFT.matcher(result.relay());
    assertTrue(line.matches(), result.err());
    assertEquals(remainder, line.group("remainder"));
    double left = Double.parseDouble(line.group("megabytes"));
    assertTrue(left >= megabytes && left < 1.5 * megabytes, result.relay());
  }

  private static void assertSame(Path expected, Path actual) throws IOException {
    assertEquals(-1, Files.mismatch(expected, actual), actual.toString());
    assertEquals(Files.getLastModifiedTime(expected), Files.getLastModifiedTime(actual));
    assertEquals(Files.getPosixFilePermissions(expected), Files.getPosixFilePermissions(actual));
  }

  private static List<Path> stages(RelayRig rig) throws IOException {
    List<Path> stages = new ArrayList<>();
    for (Path home : rig.everywhere("")) {
      try (Stream<Path> entries = Files.list(home)) {
        entries
            .filter(path -> path.getFileName().toString().startsWith(".multicopy"))
            .forEach(stages::add);
      }
    }
    return stages;
  }

  private static void assertNothingIsLeft(RelayRig rig) throws IOException {
    assertEquals(List.of(), stages(rig));
    for (Path home : rig.everywhere(".codeploy")) {
      assertTrue(Files.notExists(home.resolve("deployed")), "a record of a stage");
    }
  }
}
