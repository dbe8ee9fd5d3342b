package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.origin.Nginx;
import io.codeploy.cli.origin.StaticTree;
import io.codeploy.cli.scan.Delivery;
import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.corpus.TreeCorpus;
import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.web.NginxServer;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The ways on which content comes to running agents, and what becomes of it when one ends. */
@ExtendWith(TestImage.class)
class WaysOfContentIT {
  private static final int NODES = 3;
  private static final int LARGE_BYTES = 12 << 20;

  private final AgentImages images;

  @TempDir private Path temp;
  private Path tree;
  private TreeCorpus corpus;
  private EmbeddedSshNodes nodes;
  private DeployRig rig;

  WaysOfContentIT(AgentImages images) {
    this.images = images;
  }

  @BeforeEach
  void start() throws Exception {
    tree = temp.resolve("tree");
    corpus = new TreeCorpus(tree, 11);
    corpus.writeSmall();
    // Not everybody may read it, so it cannot go by a web server; DeployIT has it.
    Files.delete(tree.resolve("bin/private"));
    nodes = EmbeddedSshNodes.start(DeployRig.settings(temp.resolve("nodes"), NODES));
    rig = new DeployRig(temp, images, nodes);
  }

  @AfterEach
  void stop() throws IOException {
    rig.stopAgents();
    nodes.close();
  }

  @Test
  void takesAFirstDeploymentFromAnArchiveAndTheNextFromChunks() throws Exception {
    DeployResult first = rig.deploy("dest", Delivery.ARCHIVE, Optional.empty());
    assertAllHaveTree();
    corpus.changeOnePercent("many");
    DeployResult again = rig.deploy("dest", Delivery.ARCHIVE, Optional.empty());
    assertAllHaveTree();
    corpus.changeOnePercent("odd");
    DeployResult chunks = rig.deploy("dest");

    assertAllHaveTree();
    first.nodes().forEach(result -> assertTrue(DeployRig.report(result).counts().created() > 0));
    again.nodes().forEach(result -> assertEquals(1, DeployRig.report(result).counts().updated()));
    chunks.nodes().forEach(DeployRig::report);
    assertTrue(first.originBytes() <= 2 * first.tree().transportedBytes());
    assertNothingIsStaged();
  }

  @Test
  void takesAnArchiveFromAWebServer() throws Exception {
    try (StaticTree server = new StaticTree(tree, true)) {
      DeployResult result = rig.deploy("dest", Delivery.ARCHIVE, Optional.of(server.url()));

      result.nodes().forEach(DeployRig::report);
      assertAllHaveTree();
    }
    assertNothingIsOffered();
  }

  @Test
  void takesEachByteAboutOnceFromNginx() throws Exception {
    assumeTrue(
        NginxServer.isPresent(), "needs nginx in /usr/sbin or PATH (apt-get install nginx-light)");
    corpus.noise(Path.of("large.bin"), LARGE_BYTES);
    try (NginxServer nginx = Nginx.serve(temp, tree)) {
      Optional<String> url = Optional.of(nginx.url() + "/~me/program");

      DeployResult first = rig.deploy("dest", Delivery.WEB, url);
      long sent = nginx.bytesSent();
      DeployResult again = rig.deploy("dest", Delivery.WEB, url);

      first.nodes().forEach(DeployRig::report);
      again.nodes().forEach(DeployRig::report);
      assertAllHaveTree();
      assertTrue(sent >= first.originBytes(), sent + " sent, got " + first.originBytes());
      // A star would send three times as much; where a machine is busy, a second owner asks at
      // times.
      assertTrue(
          sent <= 2 * first.tree().contentBytes(),
          sent + " bytes left nginx for a tree of " + first.tree().contentBytes());
      assertEquals(0, again.deliveredBytes());
    }
    assertNothingIsOffered();
  }

  @Test
  void takesContentThroughSshWhereNoNodeReachesThisMachine() throws Exception {
    DeployResult result = rig.deployThroughSsh("dest");

    result.nodes().forEach(DeployRig::report);
    assertAllHaveTree();
    long content = result.tree().transportedBytes();
    long sent = result.originBytes();
    // A small manifest comes with the request instead.
    assertTrue(sent >= content - 4096, sent + " bytes sent of a tree of " + content);
    assertTrue(sent <= 2 * content, sent + " bytes sent of a tree of " + content);
  }

  /** Takes the minute for which agents wait for an origin that has gone; once for both kinds. */
  @Test
  void endsWithAClearLineWhenTheOriginDiesOrHangsHalfWay() throws Exception {
    corpus.noise(Path.of("large.bin"), LARGE_BYTES);
    Files.createDirectory(temp.resolve("second"));
    Files.createSymbolicLink(temp.resolve("second/tree"), tree);
    DeployRig second = new DeployRig(temp.resolve("second"), images, nodes);
    try (StaticTree dying = new StaticTree(tree, true).dieAfter(LARGE_BYTES / 4);
        StaticTree hanging = new StaticTree(tree, true).hangAfter(LARGE_BYTES / 4);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<DeployResult> other =
          threads.submit(() -> second.deploy("other", Delivery.WEB, Optional.of(hanging.url())));
      DeployResult one = rig.deploy("dest", Delivery.WEB, Optional.of(dying.url()));

      assertEndsWithAClearLine(one, "dest", dying.url());
      assertEndsWithAClearLine(other.get(), "other", hanging.url());
    }
    assertNothingIsStaged();
    assertNothingIsOffered();
  }

  private void assertEndsWithAClearLine(DeployResult result, String dest, String url)
      throws IOException {
    for (NodeResult node : result.nodes()) {
      String line = DeployRig.failure(node).message();
      assertInstanceOf(NodeFailure.RemoteFailure.class, DeployRig.failure(node));
      assertEquals(1, line.lines().count(), line);
      assertTrue(line.contains("/" + dest + ": the content of "), line);
      assertTrue(line.contains("did not come: origin " + url), line);
      assertTrue(line.contains("start the origin again and re-run"), line);
    }
    for (SshNode node : nodes.nodes()) {
      assertFalse(Files.exists(node.home().resolve(dest).resolve("large.bin")));
      assertNoFileIsHalfWritten(node.home().resolve(dest));
    }
  }

  private void assertAllHaveTree() throws IOException {
    for (SshNode node : nodes.nodes()) {
      assertEquals(List.of(), TreeComparison.differences(tree, node.home().resolve("dest")));
    }
  }

  private void assertNoFileIsHalfWritten(Path dest) throws IOException {
    try (Stream<Path> there = Files.walk(dest)) {
      for (Path file : there.filter(path -> Files.isRegularFile(path)).toList()) {
        assertEquals(
            -1, Files.mismatch(tree.resolve(dest.relativize(file)), file), file.toString());
      }
    }
  }

  private void assertNothingIsStaged() {
    for (SshNode node : nodes.nodes()) {
      assertFalse(Files.exists(node.home().resolve("dest/.codeploy-stage")));
    }
  }

  private void assertNothingIsOffered() throws IOException {
    try (Stream<Path> entries = Files.list(tree)) {
      assertTrue(entries.noneMatch(path -> path.toString().contains("__codeploy_")));
    }
  }
}
