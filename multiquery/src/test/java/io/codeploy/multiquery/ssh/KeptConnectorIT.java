package io.codeploy.multiquery.ssh;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.warm.KeptConnections;
import java.io.IOException;

/** A connection that is kept gives what one gives that is not. */
class KeptConnectorIT extends ConnectorContract {
  @Override
  SshNodes start(SshNodesSettings settings) throws IOException {
    return EmbeddedSshNodes.start(settings);
  }

  @Override
  Connector connector(Rig rig) throws IOException {
    return new KeptConnections(rig.connector(), 9, TimeSource.system());
  }

  @Override
  boolean deliversSignals(Rig rig) {
    return true;
  }
}
