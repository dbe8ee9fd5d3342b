package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.config.HostKeyPolicy;
import io.codeploy.multiquery.ssh.config.SshSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** Hosts that are known by the authority that certified their keys, as ssh knows them. */
class HostCertificatesIT extends OneOpenSshNode {
  /** The node shows a key that is certified for {@code principal}; we know the authority only. */
  private SshSettings certifiedFor(String principal) throws Exception {
    SshNode node = nodes.nodes().getFirst();
    Path authority = keygen("authority", "-t", "ed25519", "-N", "");
    Path key = nodes.identityFile().resolveSibling(node.name() + ".host_key");
    Files.writeString(Path.of(key + ".pub"), node.hostKey() + "\n");
    String[] sign = {
      "ssh-keygen", "-q", "-s", authority.toString(), "-I", "x", "-h", "-n", principal, key + ".pub"
    };
    assertEquals(0, new ProcessBuilder(sign).inheritIO().start().waitFor());
    nodes.stop(node);
    Files.writeString(
        key.resolveSibling(node.name() + ".sshd_config"),
        "HostCertificate \"" + key + "-cert.pub\"\n",
        StandardOpenOption.APPEND);
    nodes.start(node);
    rig.write("known_hosts", "@cert-authority * " + Files.readString(Path.of(authority + ".pub")));
    return rig.settings().withHostKeys(HostKeyPolicy.STRICT);
  }

  @Test
  void believesACertificateForTheHost() throws Exception {
    rig.connects(certifiedFor(nodes.nodes().getFirst().address()));
  }

  @Test
  void believesACertificateForTheHostKeyAlias() throws Exception {
    rig.write("config", "HostKeyAlias Web7\n");

    rig.connects(certifiedFor("web7"));
  }

  @Test
  void refusesACertificateForTheAddressWhereThereIsAnAlias() throws Exception {
    rig.write("config", "HostKeyAlias web7\n");
    SshSettings settings = certifiedFor(nodes.nodes().getFirst().address());

    try (MinaConnector connector = Rig.connector(settings)) {
      String message =
          assertThrows(NodeFailedException.class, () -> connector.connect(rig.node(0), Rig.LIMIT))
              .failure()
              .message();
      assertTrue(message.contains("web7 is not known"), message);
      assertTrue(message.contains("invalid principal web7"), message);
    }
  }

  @Test
  void believesAKnownKeyWhoseCertificateIsAnothers() throws Exception {
    SshSettings settings = certifiedFor("another");
    rig.write("known_hosts", rig.read("known_hosts") + nodes.knownHosts());

    rig.connects(settings);
  }

  /** The library checks none of them after the exchange of a group. */
  @Test
  void goesByTheKnownKeyWhereTheExchangeHasNoCertificates() throws Exception {
    rig.write("config", "KexAlgorithms diffie-hellman-group-exchange-sha256\n");
    SshSettings settings = certifiedFor(nodes.nodes().getFirst().address());
    rig.write("known_hosts", rig.read("known_hosts") + nodes.knownHosts());

    rig.connects(settings);
  }

  @Test
  void goesByTheKnownKeyWhereTheServerHasNoOtherExchange() throws Exception {
    SshNode node = nodes.nodes().getFirst();
    Files.writeString(
        nodes.identityFile().resolveSibling(node.name() + ".sshd_config"),
        "KexAlgorithms diffie-hellman-group-exchange-sha256\n",
        StandardOpenOption.APPEND);
    SshSettings settings = certifiedFor(node.address());
    rig.write("known_hosts", rig.read("known_hosts") + nodes.knownHosts());

    rig.connects(settings);
  }

  @Test
  void believesACertificateBehindAProxyCommand() throws Exception {
    rig.write(
        "config", "ProxyCommand bash -c 'exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3; kill $!'\n");

    rig.connects(certifiedFor(nodes.nodes().getFirst().address()));
  }
}
