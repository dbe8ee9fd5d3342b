package io.codeploy.cli.deploy;

import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Connects to nodes and gets an agent on each; owns the connections. */
final class Gathering implements AutoCloseable {
  private final Connector connector;
  private final Fleet fleet;
  private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();

  Gathering(Connector connector, Fleet fleet) {
    this.connector = connector;
    this.fleet = fleet;
  }

  /** The nodes that have an agent, in order; the others are settled in {@code run}. */
  List<Member> gather(List<Node> nodes, Pace pace, Run run) {
    Fanout fanout = new Fanout("codeploy-agents", pace.window(), pace.launchDelay(), run.time());
    List<Integer> indexes = IntStream.range(0, nodes.size()).boxed().toList();
    List<Optional<Member>> members =
        fanout.<Integer, Optional<Member>>map(
            indexes,
            index -> member(index, nodes.get(index), pace, run),
            index -> Optional.empty());
    return members.stream().flatMap(Optional::stream).toList();
  }

  private Optional<Member> member(int index, Node node, Pace pace, Run run)
      throws InterruptedException {
    long start = run.time().nanoTime();
    try {
      Connection connection = connector.connect(node, pace.connect());
      connections.add(connection);
      AgentLink agent = fleet.agent(connection);
      run.tell(new NodePassed(node, Phase.AGENTS));
      return Optional.of(new Member(index, node, connection, agent, run.time().since(start)));
    } catch (NodeFailedException e) {
      run.end(index, new Failed<>(e.failure(), run.time().since(start)));
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    connections.forEach(Connection::close);
  }
}
