package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.KerberosRealm;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.systemssh.SystemSshConnector;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log-in that our own client does not know, by the system's ssh. */
class KerberosIT {
  private static final String HOST = "127.0.0.1";

  @TempDir Path root;

  @Test
  void logsInWithATicketAndNotWithoutOne() throws Exception {
    Stream.of(OpenSshNodes.unavailableReason(), KerberosRealm.unavailableReason())
        .flatMap(Optional::stream)
        .forEach(reason -> assumeTrue(false, reason));
    String person = System.getProperty("user.name");
    try (KerberosRealm realm = KerberosRealm.start(root.resolve("realm"), person, List.of(HOST));
        OpenSshNodes nodes =
            OpenSshNodes.start(SshNodesSettings.of(root.resolve("nodes"), 1).withRealm(realm))) {
      Rig rig = Rig.create(root, nodes);
      realm.logIn(person);

      try (Connector connector = connector(rig, realm);
          Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
        Rig.Said said = Rig.run(connection, "id -un");

        assertEquals(new ExitStatus.Exited(0), said.status(), said.err());
        assertEquals(person + "\n", said.out());
      }

      realm.logOut();
      try (Connector connector = connector(rig, realm)) {
        NodeFailedException failed =
            assertThrows(
                NodeFailedException.class, () -> connector.connect(rig.node(0), Rig.LIMIT));

        assertInstanceOf(NodeFailure.AuthenticationRejected.class, failed.failure());
      }
    }
  }

  private static Connector connector(Rig rig, KerberosRealm realm) throws Exception {
    Path knownHosts = rig.home().resolve(".ssh/known_hosts");
    List<String> ssh =
        List.of(
            "ssh",
            "-F",
            "none",
            "-o",
            "UserKnownHostsFile='" + knownHosts + "'",
            "-o",
            "GSSAPIAuthentication=yes");
    return SystemSshConnector.open(
        String.join(" ", realm.member(ssh)),
        Optional.empty(),
        Path.of("/tmp"),
        TimeSource.system());
  }
}
