package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Agents over the connections of a run. A node with the right agent alive costs one command; one
 * without the image three.
 */
public final class SshFleet implements Fleet {
  private final AgentImages images;
  private final String agentDir;
  private final FleetLimits limits;
  private final Terms usual;
  private final TimeSource time;
  private final Bootstrap bootstrap;
  private final ConcurrentMap<AgentImage, ImageSpread> spreads = new ConcurrentHashMap<>();

  /**
   * @param agentDir on every node, absolute or relative to the home directory
   */
  public SshFleet(AgentImages images, String agentDir, FleetLimits limits, TimeSource time) {
    this(images, agentDir, limits, Terms.ANY, time);
  }

  /**
   * @param agentDir on every node, absolute or relative to the home directory
   * @param usual what may be done where nothing else is said
   */
  public SshFleet(
      AgentImages images, String agentDir, FleetLimits limits, Terms usual, TimeSource time) {
    this.images = images;
    this.agentDir = agentDir;
    this.limits = limits;
    this.usual = usual;
    this.time = time;
    this.bootstrap = new Bootstrap(limits);
  }

  @Override
  public AgentLink agent(Connection connection) throws NodeFailedException, InterruptedException {
    return agent(connection, usual);
  }

  /**
   * The same with no more done than {@code terms} allow.
   *
   * @throws NodeFailedException also where more would have to be done
   */
  public AgentLink agent(Connection connection, Terms terms)
      throws NodeFailedException, InterruptedException {
    NodeFacts node = probe(connection);
    AgentImage image = images.fitting(node).orElseThrow(() -> noImage(node));
    Optional<AgentState> running = node.running();
    boolean answers = answers(connection, node, image.name());
    if (answers && running.get().version().equals(image.name())) {
      return seed(connection, node, image, running.get());
    }
    check(node, image, terms);
    if (!Bootstrap.lacks(node, image)) {
      return start(connection, node, image, answers, terms);
    }
    Bootstrap.checkRoom(node, image, terms.roomBytes());
    ImageSpread.Copy copy = spread(image).install(connection, node, site(connection, node));
    try {
      return start(connection, node, image, answers, terms);
    } finally {
      copy.close();
    }
  }

  /**
   * @param answers whether an agent does that has to make way
   */
  private AgentLink start(
      Connection connection, NodeFacts node, AgentImage image, boolean answers, Terms terms)
      throws NodeFailedException, InterruptedException {
    Optional<AgentState> running = node.running();
    if (answers) {
      askToStop(link(connection, node, image.name(), running.get()));
    }
    Optional<AgentState> silent = answers ? Optional.empty() : running;
    return seed(connection, node, image, bootstrap.start(connection, node, image, silent, terms));
  }

  /** Talks with an agent, from which other nodes may get the image from now on. */
  private AgentLink seed(
      Connection connection, NodeFacts node, AgentImage image, AgentState state) {
    HttpAgentLink link = link(connection, node, image.name(), state);
    spread(image)
        .add(
            new ImageSpread.Seed(
                connection.node().name(),
                site(connection, node),
                state.peerHost(),
                state.peerPort(),
                link::seed));
    return link;
  }

  private ImageSpread spread(AgentImage image) {
    return spreads.computeIfAbsent(image, any -> new ImageSpread(image, bootstrap, time));
  }

  private static String site(Connection connection, NodeFacts node) {
    return Sites.of(connection.node(), node.sshAddress().orElse("")).orElse("");
  }

  @Override
  public List<String> notes() {
    return spreads.values().stream()
        .map(ImageSpread::tally)
        .filter(tally -> tally.lost() > 0)
        .map(SpreadTally::note)
        .toList();
  }

  /** How many nodes were sent an image from here. */
  public int imagesSent() {
    return spreads.values().stream().mapToInt(spread -> spread.tally().sent()).sum();
  }

  /** How many nodes got an image from another node. */
  public int imagesGiven() {
    return spreads.values().stream().mapToInt(spread -> spread.tally().given()).sum();
  }

  @Override
  public boolean stop(Connection connection) throws NodeFailedException, InterruptedException {
    NodeFacts node = probe(connection);
    if (node.running().isEmpty()) {
      return false;
    }
    AgentState state = node.running().get();
    HttpAgentLink link = link(connection, node, state.version(), state);
    boolean answers = link.answers();
    if (answers) {
      link.stop();
    }
    String command =
        Script.fromStandardInput(
            List.of(node.agentDir(), Long.toString(state.pid()), answers ? "asked" : "silent"));
    Marked said =
        RemoteScript.run(
            connection, command, new ByteArrayInputStream(Script.GONE.text()), limits.command());
    return answers || said.first("killed").isPresent();
  }

  private static void check(NodeFacts node, AgentImage image, Terms terms)
      throws NodeFailedException {
    if (!terms.mayStart()) {
      throw new NodeFailedException(new RemoteFailure("no agent of this version runs there"));
    }
    if (!node.images().contains(image.name())
        && terms.mostInstalledBytes() < image.archiveBytes()) {
      throw new NodeFailedException(
          new RemoteFailure("no agent is installed there, and it is too large to be sent"));
    }
  }

  private NodeFacts probe(Connection connection) throws NodeFailedException, InterruptedException {
    String javaWanted = images.linuxX64().isPresent() ? "elsewhere" : "always";
    String command = Script.fromStandardInput(List.of(agentDir, javaWanted));
    Marked lines =
        RemoteScript.run(
            connection, command, new ByteArrayInputStream(Script.PROBE.text()), limits.command());
    return NodeProbe.parse(lines)
        .orElseThrow(
            () ->
                new NodeFailedException(
                    new RemoteFailure("no POSIX shell answered; the login shell has to have one")));
  }

  private HttpAgentLink link(
      Connection connection, NodeFacts node, String image, AgentState state) {
    String agent = node.agentDir() + "/image/" + image + "/bin/node-agent";
    String relay = "exec " + Script.quote(agent) + " relay --dir " + Script.quote(node.agentDir());
    return new HttpAgentLink(new ControlStreams(connection, state, relay, limits), state, limits);
  }

  /** A state file may be left over from a crash and its number be another process's by now. */
  private boolean answers(Connection connection, NodeFacts node, String image)
      throws InterruptedException {
    return node.running().isPresent()
        && link(connection, node, image, node.running().get()).answers();
  }

  private static void askToStop(AgentLink link) throws InterruptedException {
    try {
      link.stop();
    } catch (NodeFailedException e) {
      // It may be ending by itself; the start script waits until it has.
    }
  }

  private NodeFailedException noImage(NodeFacts node) {
    String java =
        node.javaFeature().isPresent()
            ? "Java " + node.javaFeature().getAsInt() + " is too old"
            : "no Java found";
    return new NodeFailedException(
        new RemoteFailure(
            "no agent image for "
                + node.platform()
                + ", and "
                + java
                + "; install Java "
                + AgentImages.LEAST_JAVA
                + " or later and set JAVA_HOME or PATH"));
  }
}
