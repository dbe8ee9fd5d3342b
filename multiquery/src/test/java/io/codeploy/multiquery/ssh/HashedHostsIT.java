package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.ssh.config.HostKeyPolicy;
import io.codeploy.multiquery.ssh.hostkey.HostKey;
import io.codeploy.multiquery.ssh.key.JdkSecurity;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with keys of two types, known under a hashed name by the one that it shows second. */
class HashedHostsIT {
  @TempDir Path root;

  private static KeyPair pair(String algorithm) throws Exception {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }

  @Test
  void asksAgainForTheTypeThatIsKnown() throws Exception {
    JdkSecurity.register();
    KeyPair rsa = pair("RSA");
    try (EmbeddedSshNodes nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1);
        SshServer server = SshServer.setUpDefaultServer()) {
      server.setHost("127.0.0.1");
      server.setKeyPairProvider(KeyPairProvider.wrap(pair("Ed25519"), rsa));
      server.setPublickeyAuthenticator((user, key, session) -> true);
      server.start();
      Rig rig = Rig.create(root, nodes);
      String name = "[127.0.0.1]:" + server.getPort();
      HostKey known = HostKey.of(rsa.getPublic());
      rig.write("known_hosts", name + " " + known.type() + " " + known.base64() + "\n");
      Process hash =
          new ProcessBuilder(
                  "ssh-keygen", "-H", "-f", rig.home().resolve(".ssh/known_hosts").toString())
              .redirectErrorStream(true)
              .start();
      hash.getInputStream().readAllBytes();
      assertEquals(0, hash.waitFor());

      try (MinaConnector connector =
              Rig.connector(rig.settings().withHostKeys(HostKeyPolicy.STRICT));
          Connection connection =
              connector.connect(Rig.node("127.0.0.1", server.getPort()), Rig.LIMIT)) {
        assertTrue(connection.localAddress().getAddress().isLoopbackAddress());
      }
    }
  }
}
