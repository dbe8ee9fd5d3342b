package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.multiquery.ssh.config.HostKeyPolicy;
import io.codeploy.multiquery.ssh.key.JdkSecurity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostQuantumIT {
  @TempDir Path root;

  @BeforeEach
  void needsMlKem() {
    assumeTrue(MlKem768.isSupported(), "this Java has no ML-KEM");
  }

  @Test
  void bothSidesGetTheSameSecret() {
    KeyEncapsulationMethod.Client client = MlKem768.INSTANCE.getClient();
    KeyEncapsulationMethod.Server server = MlKem768.INSTANCE.getServer();
    client.init();
    byte[] sent = Arrays.copyOf(client.getPublicKey(), server.getPublicKeyLength() + 32);

    byte[] rest = server.init(sent);

    assertEquals(32, rest.length);
    assertEquals(client.getEncapsulationLength(), server.getEncapsulation().length);
    assertArrayEquals(server.getSecret(), client.extractSecret(server.getEncapsulation()));
  }

  @Test
  void isTheFirstChoiceAndConnects() throws Exception {
    JdkSecurity.register();
    String[] negotiated = new String[1];
    try (EmbeddedSshNodes nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1);
        SshServer server = SshServer.setUpDefaultServer()) {
      server.setHost("127.0.0.1");
      server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(root.resolve("hostkey")));
      server.setPublickeyAuthenticator((user, key, session) -> true);
      server.setKeyExchangeFactories(
          NamedFactory.setUpTransformedFactories(
              false, List.of(PostQuantum.MLKEM768_X25519), ServerBuilder.DH2KEX));
      server.addSessionListener(
          new SessionListener() {
            @Override
            public void sessionEvent(Session session, Event event) {
              if (event == Event.KeyEstablished) {
                negotiated[0] = session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS);
              }
            }
          });
      server.start();
      Rig rig = Rig.create(root, nodes);
      try (MinaConnector connector =
          Rig.connector(rig.settings().withHostKeys(HostKeyPolicy.OFF))) {
        connector.connect(Rig.node("127.0.0.1", server.getPort()), Rig.LIMIT).close();
      }
      assertEquals("mlkem768x25519-sha256", negotiated[0]);
      assertTrue(Algorithms.keyExchanges().getFirst().getName().equals("mlkem768x25519-sha256"));
    }
  }
}
