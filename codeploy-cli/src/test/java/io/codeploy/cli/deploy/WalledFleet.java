package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.cli.fleet.AgentLink;
import io.codeploy.cli.fleet.Fleet;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.util.function.Consumer;

/** Real agents behind a wall: none of them reaches {@link #ADDRESS} of the operator's machine. */
record WalledFleet(Fleet fleet) implements Fleet {
  static final String ADDRESS = "127.0.0.99";

  @Override
  public AgentLink agent(Connection connection) throws NodeFailedException, InterruptedException {
    return new Walled(fleet.agent(connection));
  }

  @Override
  public boolean stop(Connection connection) throws NodeFailedException, InterruptedException {
    return fleet.stop(connection);
  }

  private static final class Walled extends AgentView {
    Walled(AgentLink agent) {
      super(agent);
    }

    @Override
    public boolean reaches(OriginSpec origin, String token)
        throws NodeFailedException, InterruptedException {
      return !behindTheWall(origin) && super.reaches(origin, token);
    }

    @Override
    public AgentEvent.Report deploy(DeployRequest request, Consumer<AgentEvent.Progress> progress)
        throws NodeFailedException, InterruptedException {
      boolean access = request.peers().get(request.self()).originAccess();
      if (access && behindTheWall(request.origin())) {
        throw new AssertionError("sent through the wall: " + request.origin());
      }
      return super.deploy(request, progress);
    }

    private static boolean behindTheWall(OriginSpec origin) {
      return origin instanceof OriginSpec.ChunkServer server && server.url().contains(ADDRESS);
    }
  }
}
