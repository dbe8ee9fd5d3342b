package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.corpus.TreeCorpus;
import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators get wrong and nodes lack: one line each, and nobody else is held up. */
class BadInputIT {
  private static final Instant LONG_AGO = Instant.parse("1985-10-26T08:21:00Z");
  private static final Instant FAR_AHEAD = Instant.parse("2095-10-21T07:28:00Z");

  @TempDir private static Path imageDir;
  private static AgentImages images = new AgentImages(Optional.empty(), Optional.empty());

  @TempDir private Path temp;

  @BeforeAll
  static void makeImage() throws Exception {
    images = DeployRig.images(imageDir);
  }

  @AfterAll
  static void forgetImage() {
    images = new AgentImages(Optional.empty(), Optional.empty());
  }

  /** What is tried with nodes of either kind. */
  private interface Trial {
    void on(SshNodes nodes, DeployRig rig) throws Exception;
  }

  private enum Kind {
    EMBEDDED,
    OPENSSH
  }

  private void with(Kind kind, Trial trial) throws Exception {
    if (kind == Kind.OPENSSH) {
      Optional<String> missing = OpenSshNodes.unavailableReason();
      assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }
    SshNodesSettings settings = DeployRig.settings(temp.resolve("nodes"), 2);
    try (SshNodes nodes =
        kind == Kind.OPENSSH ? OpenSshNodes.start(settings) : EmbeddedSshNodes.start(settings)) {
      DeployRig rig = new DeployRig(temp, images, nodes);
      new TreeCorpus(rig.tree(), 7).writeSmall();
      try {
        trial.on(nodes, rig);
      } finally {
        Files.writeString(rig.knownHosts(), nodes.knownHosts());
        rig.stopAgents();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsApartHostsThatCannotBeHad(Kind kind) throws Exception {
    with(
        kind,
        (nodes, rig) -> {
          SshNode changed = nodes.nodes().getLast();
          Files.writeString(rig.knownHosts(), exchanged(nodes.knownHosts()));
          String list = nodes.nodeListFile() + "nosuch.invalid\n127.0.0.1:1\n";

          List<NodeResult> results = rig.deploy(list, "dest").nodes();

          NodeFailure key = DeployRig.failure(results.get(1));
          assertInstanceOf(NodeFailure.HostKeyRejected.class, key);
          assertOneLine(key, "CHANGED", "ssh-keygen", changed.address());
          NodeFailure unknown = DeployRig.failure(results.get(2));
          assertInstanceOf(NodeFailure.Unreachable.class, unknown);
          assertOneLine(unknown, "nosuch.invalid", "check");
          NodeFailure refused = DeployRig.failure(results.get(3));
          assertInstanceOf(NodeFailure.Unreachable.class, refused);
          assertOneLine(refused, "127.0.0.1:1", "is sshd running");
          assertHasTree(rig, nodes.nodes().getFirst());
        });
  }

  @ParameterizedTest
  @EnumSource
  void saysThatRemotedirCannotBeMade(Kind kind) throws Exception {
    with(
        kind,
        (nodes, rig) -> {
          Path blocked = nodes.nodes().getFirst().home().resolve("dest");
          // Where not even root makes anything.
          Files.createSymbolicLink(blocked, Path.of("/proc/self/net"));

          List<NodeResult> results = rig.deploy("dest/sub").nodes();

          assertOneLine(DeployRig.failure(results.getFirst()), "dest/sub", "; ");
          assertHasTree(rig, nodes.nodes().getLast(), "dest/sub");
        });
  }

  @Test
  void saysThatThereIsNoSpaceAndLeavesNothing() throws Exception {
    with(
        Kind.EMBEDDED,
        (nodes, rig) -> {
          Files.write(rig.tree().resolve("large"), new byte[3 << 20]);
          Path full = Files.createDirectory(nodes.nodes().getFirst().home().resolve("dest"));
          assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", full), "needs root");
          try {
            List<NodeResult> results = rig.deploy("dest").nodes();

            assertOneLine(
                DeployRig.failure(results.getFirst()), full.toString(), "no space", "free some");
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
  void comparesNoClocks() throws Exception {
    with(
        Kind.EMBEDDED,
        (nodes, rig) -> {
          Path early = Files.writeString(rig.tree().resolve("early"), "1985");
          Path late = Files.writeString(rig.tree().resolve("late"), "2095");
          Files.setLastModifiedTime(early, FileTime.from(LONG_AGO));
          Files.setLastModifiedTime(late, FileTime.from(FAR_AHEAD));

          rig.deploy("dest").nodes().forEach(DeployRig::report);
          List<NodeResult> again = rig.deploy("dest").nodes();

          for (NodeResult result : again) {
            assertEquals(0, DeployRig.report(result).counts().updated());
            assertEquals(0, DeployRig.report(result).counts().attributes());
          }
          assertHasTree(rig, nodes.nodes().getFirst());
        });
  }

  /** Every host with the key of another one. */
  private static String exchanged(String knownHosts) {
    List<String[]> lines = knownHosts.lines().map(line -> line.split(" ", 2)).toList();
    return lines.getFirst()[0]
        + " "
        + lines.getFirst()[1]
        + "\n"
        + lines.getLast()[0]
        + " "
        + lines.getFirst()[1]
        + "\n";
  }

  private static void assertOneLine(NodeFailure failure, String... words) {
    assertEquals(1, failure.message().lines().count(), failure.message());
    for (String word : words) {
      assertTrue(failure.message().contains(word), failure.message());
    }
  }

  private static void assertHasTree(DeployRig rig, SshNode node) throws IOException {
    assertHasTree(rig, node, "dest");
  }

  private static void assertHasTree(DeployRig rig, SshNode node, String dir) throws IOException {
    assertEquals(List.of(), TreeComparison.differences(rig.tree(), node.home().resolve(dir)));
  }

  private static boolean run(Object... command) throws Exception {
    List<String> words = Stream.of(command).map(String::valueOf).toList();
    return new ProcessBuilder(words).start().waitFor() == 0;
  }
}
