package io.codeploy.cli.deploy;

import static io.codeploy.cli.deploy.NodeTrials.assertHasTree;
import static io.codeploy.cli.deploy.NodeTrials.assertOneLine;
import static io.codeploy.cli.deploy.NodeTrials.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.cli.deploy.NodeTrials.Kind;
import io.codeploy.cli.fleet.AgentImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes lack: one line each, and nobody else is held up. */
@ExtendWith(TestImage.class)
class PoorNodesIT {
  private final AgentImages images;

  @TempDir private Path temp;

  PoorNodesIT(AgentImages images) {
    this.images = images;
  }

  /** Before the test's directory is removed, which follows no links but warns of each. */
  @AfterEach
  void removeLinks() throws IOException {
    if (Files.exists(bin())) {
      try (Stream<Path> links = Files.list(bin())) {
        for (Path link : links.toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private NodeTrials trials() {
    return new NodeTrials(temp, images);
  }

  @Test
  void saysThatThereIsNoSpaceAndLeavesNothing() throws Exception {
    trials()
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              Files.write(rig.tree().resolve("large"), new byte[3 << 20]);
              Path full = Files.createDirectory(nodes.nodes().getFirst().home().resolve("dest"));
              assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", full), "needs root");
              try {
                List<NodeResult> results = rig.deploy("dest").nodes();

                assertOneLine(
                    DeployRig.failure(results.getFirst()),
                    full.toString(),
                    "no space",
                    "free some");
                try (Stream<Path> left = Files.list(full)) {
                  assertEquals(List.of(), left.toList());
                }
                assertHasTree(rig, nodes.nodes().getLast());
              } finally {
                assertTrue(run("umount", full.toString()));
              }
            });
  }

  @Test
  void saysThatNoProgramMayBeRunWhereTheAgentWouldBe() throws Exception {
    trials()
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              Path dir =
                  Files.createDirectory(nodes.nodes().getFirst().home().resolve(".codeploy"));
              assumeTrue(
                  run("mount", "-t", "tmpfs", "-o", "noexec,size=600m", "tmpfs", dir),
                  "needs root");
              try {
                assertOneLine(
                    DeployRig.failure(rig.deploy("dest").nodes().getFirst()),
                    dir.toString(),
                    "noexec",
                    "--agent-dir");
                assertHasTree(rig, nodes.nodes().getLast());
              } finally {
                assertTrue(run("umount", dir.toString()));
              }
            });
  }

  /** As on a disk that is read-only after an error, but without one: it waited for minutes. */
  @Test
  void saysWhyNoAgentCanBeginToStart() throws Exception {
    trials()
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              Path dir =
                  Files.createDirectory(nodes.nodes().getFirst().home().resolve(".codeploy"));
              Files.createFile(dir.resolve("start.lock"));

              assertOneLine(
                  DeployRig.failure(rig.deploy("dest").nodes().getFirst()),
                  "cannot make " + dir.toRealPath() + "/start.lock: File exists",
                  "--agent-dir");
              assertHasTree(rig, nodes.nodes().getLast());
            });
  }

  /** A file system that has room for the bytes, but for few files: it is full half-way. */
  @Test
  void saysThatTheDiskIsFullHalfWayAndKeepsFilesWhole() throws Exception {
    trials()
        .with(
            Kind.EMBEDDED,
            (nodes, rig) -> {
              Path full = Files.createDirectory(nodes.nodes().getFirst().home().resolve("dest"));
              assumeTrue(
                  run("mount", "-t", "tmpfs", "-o", "nr_inodes=25", "tmpfs", full), "needs root");
              try {
                Files.writeString(full.resolve("read-only"), "as it was");

                List<NodeResult> results = rig.deploy("dest").nodes();

                assertOneLine(
                    DeployRig.failure(results.getFirst()), full + "/", "no space", "free some");
                assertFalse(Files.exists(full.resolve(".codeploy-stage")));
                assertFilesAreWhole(rig, full);
                assertHasTree(rig, nodes.nodes().getLast());
              } finally {
                assertTrue(run("umount", full.toString()));
              }
            });
  }

  @Test
  void needsNoDownloaderOnNodes() throws Exception {
    trials()
        .with(
            Kind.EMBEDDED,
            Map.of("PATH", pathWithout("curl", "wget", "python3", "perl")),
            (nodes, rig) -> {
              rig.deploy("dest").nodes().forEach(DeployRig::report);
              assertHasTree(rig, nodes.nodes().getFirst());
            });
  }

  /** Not all of them take a script within quotes. */
  @ParameterizedTest
  @ValueSource(strings = {"/usr/bin/bsd-csh", "/usr/bin/tcsh", "/usr/bin/fish"})
  void deploysWhateverTheLoginShellIs(String shell) throws Exception {
    assumeTrue(Files.isExecutable(Path.of(shell)), () -> "no " + shell);
    trials()
        .with(
            Kind.EMBEDDED,
            Map.of("SHELL", shell),
            (nodes, rig) -> {
              rig.deploy("dest").nodes().forEach(DeployRig::report);
              assertHasTree(rig, nodes.nodes().getFirst());
            });
  }

  @Test
  void saysWhichToolANodeLacks() throws Exception {
    trials()
        .with(
            Kind.EMBEDDED,
            Map.of("PATH", pathWithout("tar")),
            (nodes, rig) ->
                assertOneLine(
                    DeployRig.failure(rig.deploy("dest").nodes().getFirst()),
                    "no tar on the node",
                    "install it"));
  }

  /** Every file is the old one or the new one. */
  private static void assertFilesAreWhole(DeployRig rig, Path dest) throws IOException {
    try (Stream<Path> there = Files.walk(dest)) {
      for (Path file : there.filter(path -> Files.isRegularFile(path)).toList()) {
        boolean old = Files.size(file) == 9 && Files.readString(file).equals("as it was");
        Path source = rig.tree().resolve(dest.relativize(file));
        assertTrue(old || Files.mismatch(source, file) == -1, file.toString());
      }
    }
  }

  /** A directory of links to the usual tools but these. */
  private String pathWithout(String... tools) throws IOException {
    Path bin = Files.createDirectory(bin());
    for (Path directory : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
      try (Stream<Path> all = Files.list(directory)) {
        for (Path tool : all.toList()) {
          Path link = bin.resolve(tool.getFileName());
          if (!List.of(tools).contains(tool.getFileName().toString())
              && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, tool);
          }
        }
      }
    }
    return bin.toString();
  }

  private Path bin() {
    return temp.resolve("bin");
  }
}
