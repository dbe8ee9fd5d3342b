package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Opens streams to the control port of an agent: forwarded by sshd, or, where that is prohibited,
 * through a relay process on the node.
 */
final class ControlStreams {
  private final Connection connection;
  private final AgentState state;
  private final String relayCommand;
  private final FleetLimits limits;

  /** Set once forwarding was refused; asking again would only cost a round trip. */
  private final AtomicBoolean relayed = new AtomicBoolean();

  ControlStreams(Connection connection, AgentState state, String relayCommand, FleetLimits limits) {
    this.connection = connection;
    this.state = state;
    this.relayCommand = relayCommand;
    this.limits = limits;
  }

  /** A fresh stream; the caller closes it. */
  ByteStream open() throws NodeFailedException, InterruptedException {
    if (!relayed.get()) {
      try {
        return connection.openTcp("127.0.0.1", state.controlPort(), limits.command());
      } catch (NodeFailedException e) {
        if (!(e.failure() instanceof RemoteFailure)) {
          throw e;
        }
        relayed.set(true);
      }
    }
    return connection.open(relayCommand, limits.command());
  }
}
