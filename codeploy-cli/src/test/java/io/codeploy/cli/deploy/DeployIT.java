package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.fleet.FleetLimits;
import io.codeploy.cli.fleet.SshFleet;
import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScanRequest;
import io.codeploy.cli.scan.TreeScan;
import io.codeploy.fixtures.corpus.TreeComparison;
import io.codeploy.fixtures.corpus.TreeCorpus;
import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.Forwarding;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.Unreachable;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import io.codeploy.multiquery.ssh.MinaConnector;
import io.codeploy.multiquery.ssh.MinaConnectorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine with everything real: SSH servers, agents as processes, an origin, a swarm. */
class DeployIT {
  private static final Path LAUNCHER = Path.of("../node-agent/src/main/launcher/node-agent");

  @TempDir private static Path imageDir;
  private static AgentImages images = new AgentImages(Optional.empty(), Optional.empty());

  @TempDir private Path temp;
  private Path tree;
  private EmbeddedSshNodes nodes;

  @BeforeAll
  static void makeImage() throws Exception {
    ReactorImage.write(imageDir, System.getProperty("java.class.path"), LAUNCHER);
    images = AgentImages.in(imageDir);
  }

  @BeforeEach
  void start() throws Exception {
    tree = temp.resolve("tree");
    new TreeCorpus(tree, 7).writeSmall();
    nodes = startNodes(Forwarding.ALLOWED);
  }

  @AfterEach
  void stop() throws IOException {
    try (Connector connector = connector()) {
      new AgentStop(connector, fleet(), TimeSource.system()).run(nodeList(), pace());
    }
    nodes.close();
  }

  @AfterAll
  static void forgetImage() {
    images = new AgentImages(Optional.empty(), Optional.empty());
  }

  @Test
  void putsTheTreeOnEveryNodeAndDoesNothingTheSecondTime() throws Exception {
    DeployResult first = deploy("dest");
    DeployResult second = deploy("dest");

    for (SshNode node : nodes.nodes()) {
      assertEquals(List.of(), TreeComparison.differences(tree, node.home().resolve("dest")));
    }
    first.nodes().forEach(result -> assertTrue(report(result).counts().created() > 0));
    for (NodeResult result : second.nodes()) {
      assertEquals(0, report(result).counts().created() + report(result).counts().updated());
      assertEquals(0, report(result).counts().attributes());
    }
    assertEquals(0, second.deliveredBytes());
    assertTrue(first.originBytes() > 0);
    assertTrue(
        first.originBytes() < 2 * first.tree().transportedBytes(), first.originBytes() + " bytes");
  }

  @Test
  void doesNotLetOneNodeHoldUpTheOthers() throws Exception {
    SshNode refusing = nodes.nodes().getFirst();
    nodes.stop(refusing);
    SshNode occupied = nodes.nodes().getLast();
    Files.writeString(occupied.home().resolve("dest"), "a file where the directory should be");

    DeployResult result = deploy("dest");

    assertInstanceOf(Unreachable.class, failure(result.nodes().getFirst()));
    RemoteFailure remote = assertInstanceOf(RemoteFailure.class, failure(result.nodes().getLast()));
    assertTrue(remote.message().contains("dest"), remote.message());
    assertInstanceOf(Succeeded.class, result.nodes().get(1).outcome());
  }

  @Test
  void namesThePathThatIsOfTheOtherType() throws Exception {
    Path blocked = nodes.nodes().getFirst().home().resolve("dest/many/inside");
    Path victim = nodes.nodes().getFirst().home().resolve("dest/odd");
    Files.createDirectories(blocked);
    Files.writeString(victim, "a file where the directory should be");

    DeployResult result = deploy("dest");

    RemoteFailure remote =
        assertInstanceOf(RemoteFailure.class, failure(result.nodes().getFirst()));
    assertTrue(remote.message().contains("odd"), remote.message());
    assertEquals("a file where the directory should be", Files.readString(victim));
    result.nodes().stream()
        .skip(1)
        .forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
  }

  @Test
  void goesThroughARelayWhereSshdForwardsNothing() throws Exception {
    nodes.close();
    nodes = startNodes(Forwarding.PROHIBITED);

    DeployResult result = deploy("dest");

    result.nodes().forEach(node -> assertInstanceOf(Succeeded.class, node.outcome()));
  }

  private DeployResult deploy(String remoteDir) throws Exception {
    try (Connector connector = connector()) {
      DeployEngine engine =
          new DeployEngine(
              connector,
              fleet(),
              new TreeScan(InstantSource.system()),
              TimeSource.system(),
              new SecureRandom());
      return engine.run(deployment(remoteDir), event -> {});
    }
  }

  private Deployment deployment(String remoteDir) throws IOException {
    return new Deployment(
        nodeList(),
        new ScanRequest(tree, List.of(), Delivery.CHUNKS, temp.resolve("cache")),
        Optional.empty(),
        remoteDir,
        new DeployOptions(false, false),
        new OriginAddress(Optional.empty(), 0),
        pace());
  }

  private EmbeddedSshNodes startNodes(Forwarding forwarding) throws IOException {
    return EmbeddedSshNodes.start(
        SshNodesSettings.of(temp.resolve("nodes-" + forwarding), 3)
            .withForwarding(forwarding)
            .withEnvironment(Map.of("JAVA_HOME", System.getProperty("java.home"))));
  }

  private List<Node> nodeList() throws IOException {
    return NodeList.read(Files.writeString(temp.resolve("list"), nodes.nodeListFile()));
  }

  private Connector connector() throws IOException {
    Path ssh = Files.createDirectories(temp.resolve("home/.ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    return new MinaConnector(
        MinaConnectorSettings.of(temp.resolve("home"), nodes.user())
            .withConfigFiles(List.of())
            .withIdentityFiles(List.of(nodes.identityFile())),
        TimeSource.system());
  }

  private static SshFleet fleet() {
    return new SshFleet(images, ".codeploy", FleetLimits.defaults());
  }

  private static Pace pace() {
    return new Pace(8, Duration.ZERO, Duration.ofSeconds(30));
  }

  private static NodeReport report(NodeResult result) {
    NodeOutcome<NodeReport> outcome = result.outcome();
    return switch (outcome) {
      case Succeeded<NodeReport> succeeded -> succeeded.value();
      case Failed<NodeReport> failed ->
          throw new AssertionError(result.node() + ": " + failed.failure().message());
      case NodeOutcome.NotRun<NodeReport> notRun -> throw new AssertionError("not run");
    };
  }

  private static NodeFailure failure(NodeResult result) {
    NodeOutcome<NodeReport> outcome = result.outcome();
    return assertInstanceOf(Failed.class, outcome).failure();
  }
}
