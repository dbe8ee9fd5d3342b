package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.NearRequest;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Talks with the running agent of one node. Holds nothing open between calls. */
public interface AgentLink {
  /** How the agent described itself. */
  AgentState state();

  /**
   * Whether the agent can fetch from {@code origin}.
   *
   * @param token of the deployment, which an origin of ours asks for
   */
  boolean reaches(OriginSpec origin, String token) throws NodeFailedException, InterruptedException;

  /**
   * How far the caches of other agents are from this one, there and back, by their places in {@code
   * members}; without those that do not answer.
   *
   * @param members at most {@link NearRequest#MOST}
   */
  Map<Integer, Duration> distances(List<NearRequest.Address> members)
      throws NodeFailedException, InterruptedException;

  /**
   * Runs a deployment to its end.
   *
   * @param progress called by this thread for each event but the last; must not block for long
   * @return the last event
   * @throws NodeFailedException {@code TimedOut("progress")} when the agent falls silent
   */
  AgentEvent.Report deploy(DeployRequest request, Consumer<AgentEvent.Progress> progress)
      throws NodeFailedException, InterruptedException;

  /**
   * Asks the agent to end a deployment, if it runs. Asks for some seconds at the most.
   *
   * @param deployment as in its request
   */
  void end(String deployment) throws NodeFailedException, InterruptedException;

  /** Asks the agent to end; it may take a moment to do so. */
  void stop() throws NodeFailedException, InterruptedException;
}
