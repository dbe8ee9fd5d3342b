package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.cli.fleet.FleetLimits;
import io.codeploy.cli.fleet.SshFleet;
import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScanRequest;
import io.codeploy.cli.scan.TreeScan;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.Steering;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import io.codeploy.multiquery.ssh.MinaConnector;
import io.codeploy.multiquery.ssh.config.SshSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The engine with everything real on nodes of this machine: SSH, agents as processes, an origin.
 */
final class DeployRig {
  private static final Path LAUNCHER = Path.of("../node-agent/src/main/launcher/node-agent");

  private static final io.codeploy.multiquery.fanout.Pace WINDOW =
      io.codeploy.multiquery.fanout.Pace.window(8);

  private final Path temp;
  private final AgentImages images;
  private final SshNodes nodes;

  /**
   * Of {@code nodes}, with the tree, known hosts and caches below {@code temp}.
   *
   * @param images made by {@link #images}
   */
  DeployRig(Path temp, AgentImages images, SshNodes nodes) throws IOException {
    this.temp = temp;
    this.images = images;
    this.nodes = nodes;
    Path ssh = Files.createDirectories(temp.resolve("home/.ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
  }

  /** The agent as the reactor has just built it; {@code dir} is to stay as long as it is used. */
  static AgentImages images(Path dir) throws IOException, InterruptedException {
    ReactorImage.write(dir, System.getProperty("java.class.path"), LAUNCHER);
    return AgentImages.in(dir);
  }

  /** Settings under which a node has the Java of this process. */
  static SshNodesSettings settings(Path root, int count) {
    return SshNodesSettings.of(root, count)
        .withEnvironment(Map.of("JAVA_HOME", System.getProperty("java.home")));
  }

  /** The directory that is deployed. */
  Path tree() {
    return temp.resolve("tree");
  }

  Path knownHosts() {
    return temp.resolve("home/.ssh/known_hosts");
  }

  /** Deploys to all nodes. */
  DeployResult deploy(String remoteDir) throws Exception {
    return deploy(nodes.nodeListFile(), remoteDir);
  }

  /** Deploys to the nodes of {@code list}, in the format of node lists. */
  DeployResult deploy(String list, String remoteDir) throws Exception {
    return run(deployment(list, remoteDir, Delivery.CHUNKS, Optional.empty()), fleet());
  }

  /** Deploys to all nodes, in this form, from the web server at {@code url} if there is one. */
  DeployResult deploy(String remoteDir, Delivery delivery, Optional<String> url) throws Exception {
    return run(deployment(nodes.nodeListFile(), remoteDir, delivery, url), fleet());
  }

  /** Deploys to all nodes at {@code pace}, from the web server if there is one. */
  DeployResult deploy(
      String remoteDir, Optional<String> url, io.codeploy.multiquery.fanout.Pace pace, Fleet fleet)
      throws Exception {
    Delivery delivery = url.isPresent() ? Delivery.WEB : Delivery.CHUNKS;
    return run(deployment(nodes.nodeListFile(), remoteDir, delivery, url, pace), fleet);
  }

  /** Deploys to all nodes at {@code pace}, over connections of {@code connector}. */
  DeployResult deploy(
      String remoteDir, io.codeploy.multiquery.fanout.Pace pace, Connector connector)
      throws Exception {
    String list = nodes.nodeListFile();
    return run(
        deployment(list, remoteDir, Delivery.CHUNKS, Optional.empty(), pace), fleet(), connector);
  }

  /** Deploys to all nodes, which cannot reach this machine but through SSH. */
  DeployResult deployThroughSsh(String remoteDir) throws Exception {
    Deployment plain =
        deployment(nodes.nodeListFile(), remoteDir, Delivery.CHUNKS, Optional.empty());
    Deployment walled =
        new Deployment(
            plain.nodes(),
            plain.source(),
            plain.url(),
            plain.remoteDir(),
            plain.options(),
            new OriginAddress(Optional.of(InetAddress.getByName(WalledFleet.ADDRESS)), 0),
            plain.rates(),
            plain.pace());
    return run(walled, new WalledFleet(fleet()));
  }

  private DeployResult run(Deployment deployment, Fleet fleet) throws Exception {
    try (Connector connector = connector()) {
      return run(deployment, fleet, connector);
    }
  }

  private static DeployResult run(Deployment deployment, Fleet fleet, Connector connector)
      throws Exception {
    DeployEngine engine =
        new DeployEngine(
            connector,
            fleet,
            new TreeScan(InstantSource.system()),
            TimeSource.system(),
            new SecureRandom(),
            new Steering());
    return engine.run(deployment, event -> {});
  }

  /** Ends the agents of all nodes that still answer. */
  void stopAgents() throws IOException {
    try (Connector connector = connector()) {
      new AgentStop(connector, fleet(), TimeSource.system())
          .run(read(nodes.nodeListFile()), pace(WINDOW));
    }
  }

  private Deployment deployment(
      String list, String remoteDir, Delivery delivery, Optional<String> url) throws IOException {
    return deployment(list, remoteDir, delivery, url, WINDOW);
  }

  private Deployment deployment(
      String list,
      String remoteDir,
      Delivery delivery,
      Optional<String> url,
      io.codeploy.multiquery.fanout.Pace pace)
      throws IOException {
    return new Deployment(
        read(list),
        new ScanRequest(tree(), List.of(), delivery, temp.resolve("cache")),
        url,
        remoteDir,
        new DeployOptions(false, false),
        new OriginAddress(Optional.empty(), 0),
        Rates.NONE,
        pace(pace));
  }

  private List<Node> read(String list) throws IOException {
    return NodeList.read(Files.writeString(temp.resolve("list"), list));
  }

  Connector connector() throws IOException {
    return new MinaConnector(
        SshSettings.of(temp.resolve("home"), nodes.user())
            .withConfigFiles(List.of())
            .withIdentityFiles(List.of(nodes.identityFile())),
        TimeSource.system());
  }

  SshFleet fleet() {
    return new SshFleet(images, ".codeploy", FleetLimits.defaults(), TimeSource.system());
  }

  private static Pace pace(io.codeploy.multiquery.fanout.Pace nodes) {
    return new Pace(nodes, Duration.ofSeconds(30), RetryRule.NONE);
  }

  /** What a node that is well reports. */
  static NodeReport report(NodeResult result) {
    NodeOutcome<NodeReport> outcome = result.outcome();
    return switch (outcome) {
      case Succeeded<NodeReport> succeeded -> succeeded.value();
      case Failed<NodeReport> failed ->
          throw new AssertionError(result.node() + ": " + failed.failure().message());
      case NodeOutcome.NotRun<NodeReport> notRun -> throw new AssertionError("not run");
    };
  }

  /** Why a node is not well. */
  static NodeFailure failure(NodeResult result) {
    NodeOutcome<NodeReport> outcome = result.outcome();
    return assertInstanceOf(Failed.class, outcome).failure();
  }
}
