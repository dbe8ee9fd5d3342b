package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.origin.StaticTree;
import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.corpus.TreeCorpus;
import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: statuses, lines, signals. */
@Timeout(300)
@ExtendWith(TestImage.class)
class CodeployProcessIT {
  private final AgentImages images;
  private final Path distribution;

  @TempDir private Path temp;
  private Path tree;
  private TreeCorpus corpus;
  private EmbeddedSshNodes nodes;

  CodeployProcessIT(AgentImages images, Path distribution) {
    this.images = images;
    this.distribution = distribution;
  }

  @BeforeEach
  void start() throws Exception {
    tree = temp.resolve("tree");
    corpus = new TreeCorpus(tree, 13);
    corpus.writeMany("many", 20, 4_000);
    nodes = EmbeddedSshNodes.start(DeployRig.settings(temp.resolve("nodes"), 2));
  }

  @AfterEach
  void stop() throws IOException {
    new DeployRig(temp, images, nodes).stopAgents();
    nodes.close();
  }

  @Test
  void saysThatNoNodeTakesTheKey() throws Exception {
    Path others = temp.resolve("others");
    try (EmbeddedSshNodes strangers = EmbeddedSshNodes.start(DeployRig.settings(others, 1));
        CodeployProcess codeploy =
            codeploy(strangers.identityFile(), nodes.nodeListFile(), tree.toString(), "dest")) {

      assertEquals(4, codeploy.exitStatus());
      for (SshNode node : nodes.nodes()) {
        String line =
            codeploy
                .output()
                .lines()
                .filter(text -> text.contains("@" + node.address() + ":" + node.port()))
                .findFirst()
                .orElseThrow();
        assertTrue(line.contains("permission denied; is your key in its authorized_keys"), line);
      }
    }
  }

  @Test
  void leavesNothingBehindWhenItIsInterrupted() throws Exception {
    try (StaticTree server = new StaticTree(tree, true);
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CodeployProcess codeploy =
            codeploy(
                nodes.identityFile(),
                "127.0.0.1:" + silent.getLocalPort() + "\n",
                tree.toString(),
                server.url(),
                "dest")) {
      while (offered().isEmpty()) {
        assertTrue(codeploy.isAlive(), codeploy.output());
        Thread.onSpinWait();
      }
      Socket caller = silent.accept();

      codeploy.signal("INT");

      assertEquals(130, codeploy.exitStatus(), codeploy.output());
      assertEquals(List.of(), offered());
      assertTrue(codeploy.output().contains("not done, the run was stopped"), codeploy.output());
      caller.close();
    }
  }

  @Test
  void leavesNoHalfWrittenFileWhenItIsKilled() throws Exception {
    corpus.noise(Path.of("large.bin"), 96 << 20);
    List<Path> stages =
        nodes.nodes().stream().map(node -> node.home().resolve("dest/.codeploy-stage")).toList();
    try (CodeployProcess codeploy =
        codeploy(nodes.identityFile(), nodes.nodeListFile(), tree.toString(), "dest")) {
      while (stages.stream().noneMatch(Files::exists)) {
        assertTrue(codeploy.isAlive(), codeploy.output());
        Thread.onSpinWait();
      }

      codeploy.signal("STOP");
      assertNothingIsHalfWritten();
      codeploy.signal("KILL");
      codeploy.exitStatus();
    }

    try (CodeployProcess again =
        codeploy(nodes.identityFile(), nodes.nodeListFile(), tree.toString(), "dest")) {
      assertEquals(0, again.exitStatus(), again.output());
    }
    for (SshNode node : nodes.nodes()) {
      assertEquals(List.of(), TreeComparison.differences(tree, node.home().resolve("dest")));
    }
    stages.forEach(stage -> assertFalse(Files.exists(stage)));
  }

  private CodeployProcess codeploy(Path identity, String list, String... arguments)
      throws IOException {
    return CodeployProcess.start(temp, distribution, nodes, identity, list, arguments);
  }

  private List<Path> offered() throws IOException {
    try (Stream<Path> entries = Files.list(tree)) {
      return entries.filter(path -> path.toString().contains("__codeploy_")).toList();
    }
  }

  private void assertNothingIsHalfWritten() throws IOException {
    for (SshNode node : nodes.nodes()) {
      Path dest = node.home().resolve("dest");
      if (Files.exists(dest)) {
        assertFilesAreWhole(dest);
      }
    }
  }

  private void assertFilesAreWhole(Path dest) throws IOException {
    try (Stream<Path> there = Files.list(dest)) {
      for (Path path : there.filter(file -> Files.isRegularFile(file)).toList()) {
        assertEquals(-1, Files.mismatch(tree.resolve(dest.relativize(path)), path));
      }
    }
  }
}
