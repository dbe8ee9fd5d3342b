package io.codeploy.multiquery.ssh;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.warm.client.HeldKeeper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** A connection of a keeper gives what one of this process gives. */
class KeeperConnectorIT extends ConnectorContract {
  @Override
  SshNodes start(SshNodesSettings settings) throws IOException {
    return EmbeddedSshNodes.start(settings);
  }

  @Override
  Connector connector(Rig rig) throws IOException {
    HeldKeeper keeper =
        new HeldKeeper(
            root.resolve("run"),
            (wishes, person) -> Rig.connector(rig.settings().withPerson(person)));
    try {
      return new WithKeeper(keeper.visit(), keeper);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private record WithKeeper(Connector connector, HeldKeeper keeper) implements Connector {
    @Override
    public Connection connect(Node node, Duration limit)
        throws NodeFailedException, InterruptedException {
      return connector.connect(node, limit);
    }

    @Override
    public void close() {
      connector.close();
      keeper.close();
    }
  }

  @Override
  boolean deliversSignals(Rig rig) {
    return true;
  }
}
