package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.config.HostKeyPolicy;
import io.codeploy.multiquery.ssh.config.SshSettings;
import io.codeploy.multiquery.ssh.key.JdkSecurity;
import io.codeploy.multiquery.testing.Installed;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server is asked about a key, and is then sent its signature; each time it looks at the key. */
class OneKeyIT {
  @TempDir Path root;
  private final Queue<PublicKey> looks = new ConcurrentLinkedQueue<>();
  private EmbeddedSshNodes nodes;
  private SshServer server;
  private Rig rig;
  private boolean accepting = true;

  @BeforeEach
  void start() throws Exception {
    JdkSecurity.register();
    nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1);
    rig = Rig.create(root, nodes);
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(root.resolve("hostkey")));
    server.setPublickeyAuthenticator(
        (user, key, session) -> {
          looks.add(key);
          return accepting;
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    nodes.close();
  }

  private SshSettings settings() {
    return rig.settings().withHostKeys(HostKeyPolicy.OFF);
  }

  private void connect(SshSettings settings) throws Exception {
    try (MinaConnector connector = Rig.connector(settings)) {
      connector.connect(Rig.node("127.0.0.1", server.getPort()), Rig.LIMIT).close();
    }
  }

  private void isRejected(SshSettings settings) {
    NodeFailedException failed = assertThrows(NodeFailedException.class, () -> connect(settings));
    assertInstanceOf(NodeFailure.AuthenticationRejected.class, failed.failure());
  }

  private Path key(String name, String type) throws Exception {
    Installed.assume("ssh-keygen", "openssh-client");
    Path file = root.resolve(name);
    Process keygen =
        new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file.toString())
            .inheritIO()
            .start();
    assertEquals(0, keygen.waitFor());
    return file;
  }

  @Test
  void aSingleKeySignsUnasked() throws Exception {
    connect(settings().withIdentityFiles(List.of(key("one", "ed25519"))));

    assertEquals(1, looks.size());
  }

  @Test
  void aSingleKeyThatIsRefusedIsNotTriedAgain() throws Exception {
    accepting = false;

    isRejected(settings().withIdentityFiles(List.of(key("one", "ed25519"))));

    assertEquals(1, looks.size());
  }

  @Test
  void theServerIsAskedWhichOfManyKeysItWants() throws Exception {
    connect(settings().withIdentityFiles(List.of(key("one", "ed25519"), key("two", "ed25519"))));

    assertEquals(2, looks.size());
    assertEquals(1, looks.stream().map(KeyUtils::getFingerPrint).distinct().count());
  }

  @Test
  void theServerIsAskedAboutAKeyOfAnotherKind() throws Exception {
    connect(settings().withIdentityFiles(List.of(key("one", "ecdsa"))));

    assertEquals(2, looks.size());
  }

  @Test
  void aKeyWhoseAlgorithmIsForbiddenIsNotTried() throws Exception {
    Path one = key("one", "ed25519");
    rig.write("config", "PubkeyAcceptedAlgorithms rsa-sha2-512\n");

    isRejected(settings().withIdentityFiles(List.of(one)));

    assertEquals(0, looks.size());
  }
}
