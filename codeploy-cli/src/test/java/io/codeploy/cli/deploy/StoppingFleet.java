package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.fixtures.process.Kill;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.util.Optional;
import java.util.function.Consumer;

/** Real agents, of which one stands still from the moment that it is given a deployment. */
final class StoppingFleet implements Fleet, AutoCloseable {
  private final Fleet fleet;
  private final SshNode victim;

  /** Written by the victim's task, read once the run is over. */
  private volatile Optional<Long> stopped = Optional.empty();

  StoppingFleet(Fleet fleet, SshNode victim) {
    this.fleet = fleet;
    this.victim = victim;
  }

  @Override
  public AgentLink agent(Connection connection) throws NodeFailedException, InterruptedException {
    AgentLink agent = fleet.agent(connection);
    return connection.node().name().contains(victim.address()) ? new Stopping(agent) : agent;
  }

  @Override
  public boolean stop(Connection connection) throws NodeFailedException, InterruptedException {
    return fleet.stop(connection);
  }

  /** Lets it go on. */
  @Override
  public void close() throws Exception {
    if (stopped.isPresent()) {
      Kill.send("CONT", stopped.get());
    }
  }

  private final class Stopping extends AgentView {
    Stopping(AgentLink agent) {
      super(agent);
    }

    @Override
    public AgentEvent.Report deploy(DeployRequest request, Consumer<AgentEvent.Progress> progress)
        throws NodeFailedException, InterruptedException {
      try {
        Kill.send("STOP", state().pid());
      } catch (Exception e) {
        throw new AssertionError("cannot stop the agent", e);
      }
      stopped = Optional.of(state().pid());
      return super.deploy(request, progress);
    }
  }
}
