package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;

class OpenSshConnectorIT extends ConnectorContract {
  @BeforeEach
  void needsSshd() {
    assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
  }

  @Override
  SshNodes start(SshNodesSettings settings) throws IOException {
    return OpenSshNodes.start(settings);
  }

  /** OpenSSH 9.2 has no privilege separation for logins of root and refuses to send signals. */
  @Override
  boolean deliversSignals(Rig rig) {
    return !rig.nodes().user().equals("root");
  }
}
