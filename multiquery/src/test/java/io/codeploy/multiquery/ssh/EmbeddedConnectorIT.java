package io.codeploy.multiquery.ssh;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import java.io.IOException;

class EmbeddedConnectorIT extends ConnectorContract {
  @Override
  SshNodes start(SshNodesSettings settings) throws IOException {
    return EmbeddedSshNodes.start(settings);
  }

  @Override
  boolean deliversSignals(Rig rig) {
    return true;
  }
}
