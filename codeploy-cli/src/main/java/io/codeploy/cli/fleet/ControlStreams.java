package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentState;
import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.time.Duration;
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

  /**
   * A fresh stream; the caller closes it.
   *
   * @param most that it may take, if that is less than a command may
   */
  ByteStream open(Duration most) throws NodeFailedException, InterruptedException {
    Duration limit = most.compareTo(limits.command()) < 0 ? most : limits.command();
    if (!relayed.get()) {
      try {
        return connection.openTcp("127.0.0.1", state.controlPort(), limit);
      } catch (NodeFailedException e) {
        if (!(e.failure() instanceof RemoteFailure)) {
          throw e;
        }
        relayed.set(true);
      }
    }
    return connection.open(relayCommand, limit);
  }
}
