package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.ssh.config.HostKeyPolicy;
import io.codeploy.multiquery.ssh.hostkey.HostKey;
import io.codeploy.multiquery.ssh.key.JdkSecurity;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Listening;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  private static SshServer serve(KeyPair... hostKeys) throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    server.setPublickeyAuthenticator((user, key, session) -> true);
    server.start();
    return server;
  }

  /** Has known_hosts list {@code key} for {@code server}, hashed. */
  private static void list(Rig rig, SshServer server, KeyPair key) throws Exception {
    HostKey known = HostKey.of(key.getPublic());
    rig.write(
        "known_hosts",
        "[127.0.0.1]:" + server.getPort() + " " + known.type() + " " + known.base64() + "\n");
    hash(rig.home().resolve(".ssh/known_hosts"));
  }

  /** What the person is told of a connection to {@code server}. */
  private static List<String> told(Rig rig, SshServer server, HostKeyPolicy policy)
      throws Exception {
    List<String> told = new ArrayList<>();
    try (MinaConnector connector =
            Rig.connector(rig.settings().withHostKeys(policy).withPerson(new Listening(told)));
        Connection connection =
            connector.connect(Rig.node("127.0.0.1", server.getPort()), Rig.LIMIT)) {
      assertTrue(connection.localAddress().getAddress().isLoopbackAddress());
    }
    return told;
  }

  /** A server with keys of two types, known by the one that it shows second. */
  @ParameterizedTest
  @EnumSource
  void asksAgainForTheTypeThatIsKnown(HostKeyPolicy policy) throws Exception {
    JdkSecurity.register();
    for (KeyPair second : List.of(pair("RSA"), pair("EC"))) {
      try (EmbeddedSshNodes nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1);
          SshServer server = serve(pair("Ed25519"), second)) {
        Rig rig = Rig.create(root, nodes);
        list(rig, server, second);
        String before = rig.read("known_hosts");

        assertEquals(List.of(), told(rig, server, policy));
        assertEquals(before, rig.read("known_hosts"));
      }
    }
  }

  @Test
  void warnsOfAServerThatHasNoneOfTheTypeThatIsKnownWhenThePolicyIsOff() throws Exception {
    JdkSecurity.register();
    try (EmbeddedSshNodes nodes = EmbeddedSshNodes.start(root.resolve("nodes"), 1);
        SshServer server = serve(pair("Ed25519"))) {
      Rig rig = Rig.create(root, nodes);
      list(rig, server, pair("EC"));

      List<String> told = told(rig, server, HostKeyPolicy.OFF);

      assertEquals(1, told.size(), told.toString());
      assertTrue(told.getFirst().contains("CHANGED"), told.getFirst());
    }
  }
}
