package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.NearRequest;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A real agent, for tests that come between. */
abstract class AgentView implements AgentLink {
  final AgentLink agent;

  AgentView(AgentLink agent) {
    this.agent = agent;
  }

  @Override
  public AgentState state() {
    return agent.state();
  }

  @Override
  public boolean reaches(OriginSpec origin, String token)
      throws NodeFailedException, InterruptedException {
    return agent.reaches(origin, token);
  }

  @Override
  public Map<Integer, Duration> distances(List<NearRequest.Address> members)
      throws NodeFailedException, InterruptedException {
    return agent.distances(members);
  }

  @Override
  public AgentEvent.Report deploy(DeployRequest request, Consumer<AgentEvent.Progress> progress)
      throws NodeFailedException, InterruptedException {
    return agent.deploy(request, progress);
  }

  @Override
  public void end(String deployment) throws NodeFailedException, InterruptedException {
    agent.end(deployment);
  }

  @Override
  public void stop() throws NodeFailedException, InterruptedException {
    agent.stop();
  }
}
