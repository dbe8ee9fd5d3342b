package io.codeploy.cli.deploy;

import io.codeploy.cli.fleet.Fleet;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.util.List;

/** Ends the agents on nodes. */
public final class AgentStop {
  private final Connector connector;
  private final Fleet fleet;
  private final TimeSource time;

  public AgentStop(Connector connector, Fleet fleet, TimeSource time) {
    this.connector = connector;
    this.fleet = fleet;
    this.time = time;
  }

  /** One outcome a node, always; an interruption of the calling thread stops the run. */
  public StopResult run(List<Node> nodes, Pace pace) {
    Fanout fanout = new Fanout("codeploy-stop", pace.unhurried(), time);
    return new StopResult(
        nodes,
        fanout.<Node, NodeOutcome<Boolean>>map(
            nodes, node -> stop(node, pace), node -> new NotRun<>()));
  }

  private NodeOutcome<Boolean> stop(Node node, Pace pace) throws InterruptedException {
    long start = time.nanoTime();
    try (Connection connection = connector.connect(node, pace.connect())) {
      return new Succeeded<>(fleet.stop(connection), time.since(start));
    } catch (NodeFailedException e) {
      return new Failed<>(e.failure(), time.since(start));
    }
  }
}
