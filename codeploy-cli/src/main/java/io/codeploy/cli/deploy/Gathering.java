package io.codeploy.cli.deploy;

import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.Job;
import io.codeploy.multiquery.fanout.Pass;
import io.codeploy.multiquery.fanout.Stop;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.fanout.Verdict;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import java.time.Duration;
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
    Fanout fanout = new Fanout("codeploy-agents", pace.nodes(), run.time());
    List<Integer> indexes = IntStream.range(0, nodes.size()).boxed().toList();
    List<Optional<Member>> members = fanout.map(indexes, job(nodes, pace, run));
    return members.stream().flatMap(Optional::stream).toList();
  }

  private Job<Integer, Optional<Member>> job(List<Node> nodes, Pace pace, Run run) {
    return new Job<>() {
      @Override
      public Optional<Member> run(Integer index, Turn turn) {
        return member(new Place(index, nodes.get(index), turn), pace, run);
      }

      @Override
      public Optional<Member> skipped(Integer index, Stop why) {
        run.end(index, why.unlaunched());
        return Optional.empty();
      }

      @Override
      public Verdict verdict(Optional<Member> member) {
        return member.isPresent() ? Verdict.WELL : Verdict.MISSING;
      }
    };
  }

  /** A node whose turn it is. */
  private record Place(int index, Node node, Turn turn) {}

  private Optional<Member> member(Place place, Pace pace, Run run) {
    long start = run.time().nanoTime();
    try {
      Connection connection = connector.connect(place.node(), pace.connect());
      connections.add(connection);
      AgentLink agent = agent(connection, place.turn());
      run.tell(new NodePassed(place.node(), Phase.AGENTS));
      Duration elapsed = run.time().since(start);
      return Optional.of(new Member(place.index(), place.node(), connection, agent, elapsed));
    } catch (NodeFailedException e) {
      run.end(place.index(), new Failed<>(e.failure(), run.time().since(start)));
    } catch (InterruptedException e) {
      // The fan-out itself knows of the interruption.
      run.end(place.index(), place.turn().why().ended(run.time().since(start)));
    }
    return Optional.empty();
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
