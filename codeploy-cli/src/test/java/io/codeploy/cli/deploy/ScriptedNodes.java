package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Progress;
import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.NearRequest;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeFailure.Disconnected;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes that do as told, with connections and agents of their own; records what they are asked. */
final class ScriptedNodes implements Connector, Fleet {
  private static final String TOKEN = "ab".repeat(32);

  /** What a node is to do instead of succeeding, by its name. */
  final Map<String, NodeFailure> connectFailures = new HashMap<>();

  final Map<String, NodeFailure> agentFailures = new HashMap<>();
  final Map<String, NodeFailure> deployFailures = new HashMap<>();
  final Map<String, List<String>> reportedErrors = new HashMap<>();

  /** Names of nodes that reach the origin without forwarding, and of those that forward. */
  Set<String> reaching = Set.of();

  Set<String> forwarding = Set.of();

  /** The first agents of these nodes go away when asked for a deployment, or about the origin. */
  Set<String> losingAgentInTransfer = Set.of();

  Set<String> losingAgentAtOrigin = Set.of();

  /** No second agent can be had on these nodes. */
  Set<String> noSecondAgent = Set.of();

  /** Addresses of nodes by their names; others have none. */
  final Map<String, String> addresses = new HashMap<>();

  /** Which addresses an agent finds near. */
  BiPredicate<String, String> near = (from, to) -> false;

  /** What agents say instead of distances. */
  final Map<String, NodeFailure> unableToMeasure = new HashMap<>();

  /** Names of nodes that were asked how far others are. */
  final Queue<String> measuring = new ConcurrentLinkedQueue<>();

  private Set<String> endless = Set.of();

  /** These nodes answer no connection until {@link #hearing}. */
  Set<String> deaf = Set.of();

  final CountDownLatch hearing = new CountDownLatch(1);

  /** How many connections have been asked for. */
  final Semaphore connecting = new Semaphore(0);

  private CountDownLatch endlessStarted = new CountDownLatch(0);
  final Map<String, DeployRequest> requests = new ConcurrentHashMap<>();
  private final Map<String, Integer> agents = new ConcurrentHashMap<>();
  final Queue<String> closed = new ConcurrentLinkedQueue<>();

  /** Nodes whose agents were told to end a deployment. */
  final Queue<String> ended = new ConcurrentLinkedQueue<>();

  /**
   * Has deployments on these nodes last until they are interrupted; none on another node ends
   * before all of these have begun.
   */
  void makeEndless(String... names) {
    endless = Set.of(names);
    endlessStarted = new CountDownLatch(names.length);
  }

  /** Blocks until they have begun. */
  void awaitEndless() throws InterruptedException {
    endlessStarted.await();
  }

  /** What agents do when they are asked for a deployment, before all else. */
  Consumer<DeployRequest> onDeploy = request -> {};

  /** What the agent of a node was asked to do. */
  DeployRequest request(String name) {
    return Optional.ofNullable(requests.get(name)).orElseThrow();
  }

  static List<Node> nodes(String... names) {
    return List.of(names).stream()
        .map(name -> new Node(name, name, Optional.empty(), OptionalInt.empty(), Map.of()))
        .toList();
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    connecting.release();
    if (deaf.contains(node.name())) {
      hearing.await();
    }
    fail(connectFailures, node);
    return new ScriptedConnection(node);
  }

  @Override
  public AgentLink agent(Connection connection) throws NodeFailedException {
    fail(agentFailures, connection.node());
    String name = connection.node().name();
    int incarnation = agents.merge(name, 1, Integer::sum);
    if (incarnation > 1 && noSecondAgent.contains(name)) {
      throw new NodeFailedException(new RemoteFailure("no space"));
    }
    return new ScriptedAgent(name, incarnation);
  }

  @Override
  public boolean stop(Connection connection) {
    return true;
  }

  @Override
  public void close() {}

  private static void fail(Map<String, NodeFailure> failures, Node node)
      throws NodeFailedException {
    if (failures.containsKey(node.name())) {
      throw new NodeFailedException(failures.get(node.name()));
    }
  }

  private final class ScriptedAgent implements AgentLink {
    private final String name;
    private final int incarnation;

    ScriptedAgent(String name, int incarnation) {
      this.name = name;
      this.incarnation = incarnation;
    }

    @Override
    public AgentState state() {
      return new AgentState(1, "1", 1, TOKEN, host(), 8 + incarnation);
    }

    private String host() {
      return addresses.getOrDefault(name, "host-of-" + name);
    }

    @Override
    public Map<Integer, Duration> distances(List<NearRequest.Address> members)
        throws NodeFailedException {
      measuring.add(name);
      if (unableToMeasure.containsKey(name)) {
        throw new NodeFailedException(Optional.ofNullable(unableToMeasure.get(name)).orElseThrow());
      }
      goAwayIf(losingAgentAtOrigin);
      return IntStream.range(0, members.size())
          .boxed()
          .filter(i -> near.test(host(), members.get(i).host()))
          .collect(Collectors.toMap(i -> i, i -> Duration.ofMillis(1)));
    }

    @Override
    public boolean reaches(OriginSpec origin, String token) throws NodeFailedException {
      goAwayIf(losingAgentAtOrigin);
      boolean forwarded =
          origin instanceof OriginSpec.ChunkServer server && server.url().endsWith(":4242");
      return forwarded || reaching.contains(name);
    }

    @Override
    public Report deploy(DeployRequest request, Consumer<Progress> progress)
        throws NodeFailedException, InterruptedException {
      requests.put(name, request);
      onDeploy.accept(request);
      goAwayIf(losingAgentInTransfer);
      if (endless.contains(name)) {
        endlessStarted.countDown();
        new CountDownLatch(1).await();
      }
      endlessStarted.await();
      if (deployFailures.containsKey(name)) {
        throw new NodeFailedException(deployFailures.get(name));
      }
      return new Report(
          new Counts(0, 1, 0, 0, 0),
          new Traffic(10, 20, 30, 40),
          reportedErrors.getOrDefault(name, List.of()));
    }

    @Override
    public void end(String deployment) {
      ended.add(name);
    }

    @Override
    public void stop() {}

    private void goAwayIf(Set<String> losing) throws NodeFailedException {
      if (incarnation == 1 && losing.contains(name)) {
        throw new NodeFailedException(new Disconnected("gone"));
      }
    }
  }

  private final class ScriptedConnection implements Connection {
    private final Node node;

    ScriptedConnection(Node node) {
      this.node = node;
    }

    @Override
    public Node node() {
      return node;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public InetSocketAddress localAddress() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
    }

    @Override
    public int forwardFromNode(InetSocketAddress target, Duration limit)
        throws NodeFailedException {
      if (!forwarding.contains(node.name())) {
        throw new NodeFailedException(new RemoteFailure("forwarding is prohibited"));
      }
      return 4242;
    }

    @Override
    public ExitStatus execute(
        String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit) {
      throw new AssertionError("no commands here");
    }

    @Override
    public ByteStream open(String command, Duration limit) {
      throw new AssertionError("no commands here");
    }

    @Override
    public ByteStream openTcp(String host, int port, Duration limit) {
      throw new AssertionError("no streams here");
    }

    @Override
    public RemoteFiles files(Duration limit) {
      throw new AssertionError("no files here");
    }

    @Override
    public void close() {
      closed.add(node.name());
    }
  }
}
