package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.ssh.config.HostKeyPolicy;
import io.codeploy.multiquery.ssh.hostkey.HostKey;
import io.codeploy.multiquery.ssh.key.JdkSecurity;
import io.codeploy.multiquery.testing.Installed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.SplittableRandom;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that known_hosts has under hashed names only. */
class HashedHostsIT {
  @TempDir Path root;

  private static KeyPair pair(String algorithm) throws Exception {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }

  private static void hash(Path knownHosts) throws Exception {
    Installed.assume("ssh-keygen", "openssh-client");
    Process hash =
        new ProcessBuilder("ssh-keygen", "-H", "-f", knownHosts.toString())
            .redirectErrorStream(true)
            .start();
    hash.getInputStream().readAllBytes();
    assertEquals(0, hash.waitFor());
  }

  /** The second node is known although the file is gone by then. */
  @Test
  void aFileOf4200HashedHostsIsReadOnceAndNotForEachNode() throws Exception {
    try (EmbeddedSshNodes nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 2)) {
      Rig rig = Rig.create(root, nodes);
      rig.write("known_hosts", strangers(4198) + nodes.knownHosts());
      Path file = rig.home().resolve(".ssh/known_hosts");
      hash(file);
      assertEquals(
          4200, Files.readAllLines(file).stream().filter(l -> l.startsWith("|1|")).count());

      try (MinaConnector connector =
          Rig.connector(rig.settings().withHostKeys(HostKeyPolicy.STRICT))) {
        connector.connect(rig.node(0), Rig.LIMIT).close();
        Files.delete(file);
        try (Connection connection = connector.connect(rig.node(1), Rig.LIMIT)) {
          assertEquals("hello\n", Rig.run(connection, "echo hello").out());
        }
      }
    }
  }

  private static String strangers(int count) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      byte[] key = new byte[51];
      random.nextBytes(key);
      byte[] type = "\0\0\0\u000bssh-ed25519\0\0\0 ".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(type, 0, key, 0, type.length);
      lines.append("host%d.example ssh-ed25519 ".formatted(i));
      lines.append(Base64.getEncoder().encodeToString(key)).append('\n');
    }
    return lines.toString();
  }

  /** A server with keys of two types, known by the one that it shows second. */
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
      hash(rig.home().resolve(".ssh/known_hosts"));

      try (MinaConnector connector =
              Rig.connector(rig.settings().withHostKeys(HostKeyPolicy.STRICT));
          Connection connection =
              connector.connect(Rig.node("127.0.0.1", server.getPort()), Rig.LIMIT)) {
        assertTrue(connection.localAddress().getAddress().isLoopbackAddress());
      }
    }
  }
}
