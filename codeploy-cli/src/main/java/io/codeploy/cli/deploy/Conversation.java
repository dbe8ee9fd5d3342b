package io.codeploy.cli.deploy;

import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.Disconnected;

/**
 * Talks with members' agents. An agent that goes away meanwhile (killed, out of memory, its node
 * short of something) is started again and asked once more; what it had stored it has still.
 */
final class Conversation {
  /** What is said to an agent; said again, from the start, to the one in its place. */
  @FunctionalInterface
  interface Talk<T> {
    T with(Member member) throws NodeFailedException, InterruptedException;
  }

  private final Fleet fleet;
  private final Run run;

  Conversation(Fleet fleet, Run run) {
    this.fleet = fleet;
    this.run = run;
  }

  /**
   * @throws NodeFailedException what the second agent died of, too, or the first if none takes its
   *     place
   */
  <T> T hold(Member member, Talk<T> talk) throws NodeFailedException, InterruptedException {
    try {
      return talk.with(member);
    } catch (NodeFailedException e) {
      if (!(e.failure() instanceof Disconnected)) {
        throw e;
      }
      return talk.with(member.withAgent(another(member, e)));
    }
  }

  private AgentLink another(Member member, NodeFailedException lost)
      throws NodeFailedException, InterruptedException {
    try {
      AgentLink agent = fleet.agent(member.connection());
      run.tell(new Noted("the agent of " + member.node().name() + " went away; another is asked"));
      return agent;
    } catch (NodeFailedException e) {
      lost.addSuppressed(e);
      throw lost;
    }
  }
}
