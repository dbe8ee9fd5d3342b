package io.codeploy.cli.deploy;

import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.cli.fleet.Peers;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Pass;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.node.Node;
import java.time.Duration;
import java.util.List;
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
    List<Integer> indexes = IntStream.range(0, nodes.size()).boxed().toList();
    List<Member> members =
        new Passage<>(
                Phase.AGENTS,
                run,
                indexes,
                index -> new Passage.Place(index, Duration.ZERO),
                (Integer index, Turn turn) -> member(index, nodes.get(index), pace, turn, run))
            .at(pace.entry(), "codeploy-agents");
    fleet.notes().forEach(note -> run.tell(new Noted(note)));
    return members;
  }

  private Member member(int index, Node node, Pace pace, Turn turn, Run run)
      throws NodeFailedException, InterruptedException {
    long start = run.time().nanoTime();
    Connection connection = connector.connect(node, pace.connect());
    connections.add(connection);
    AgentLink agent = agent(connection, turn);
    run.tell(new NodePassed(node, Phase.AGENTS));
    return new Member(
        index, node, connection, agent, Peers.site(node, agent), run.time().since(start));
  }

  private AgentLink agent(Connection connection, Turn turn)
      throws NodeFailedException, InterruptedException {
    Pass pass = turn.enter();
    try {
      return fleet.agent(connection);
    } finally {
      pass.close();
    }
  }

  @Override
  public void close() {
    connections.forEach(Connection::close);
  }
}
